# Completion of gulfbrief in fish.
function __gulfbrief_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    if string match -qr '^[\'"]' -- $typed
        set typed (string sub -s 2 -- $typed)
    else
        set typed (string unescape -- $typed; or echo $typed)
    end
    set -l lines (_GULFBRIEF_COMPLETE=fish command $words[1] -- $words[2..] $typed 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
    else
        for line in $lines[2..]
            echo $line
        end
    end
end
complete -c gulfbrief -f -a '(__gulfbrief_complete)'
