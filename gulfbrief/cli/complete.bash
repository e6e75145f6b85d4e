# Completion of gulfbrief in bash.
_gulfbrief_complete() {
    local line="${COMP_LINE:0:COMP_POINT}" kind value about word raw quote prefix
    local -a words=()
    COMPREPLY=()
    # The words as the shell would see them: gulfbrief takes the line apart itself.
    local out
    out="$(_GULFBRIEF_COMPLETE=bash command "$1" -- "$line" 2>/dev/null)" || return 0
    local first=1
    while IFS= read -r value; do
        if ((first)); then
            kind="$value"
            first=0
        else
            COMPREPLY+=("$value")
        fi
    done <<<"$out"
    if [[ "$kind" == files ]]; then
        compopt -o filenames -o default 2>/dev/null
    elif [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _gulfbrief_complete gulfbrief
