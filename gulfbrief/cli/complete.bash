# Completion of gulfbrief in bash. gulfbrief takes the line apart itself, quotation marks and all.
_gulfbrief_complete() {
    local out value kind=
    COMPREPLY=()
    out="$(_GULFBRIEF_COMPLETE=bash command "$1" -- \
        "${COMP_LINE:0:COMP_POINT}" "${COMP_WORDS[COMP_CWORD]}" 2>/dev/null)" || return 0
    while IFS= read -r value; do
        if [[ -z "$kind" ]]; then
            kind="$value"
        else
            COMPREPLY+=("$value")
        fi
    done <<<"$out"
    if [[ "$kind" == files ]]; then
        compopt -o filenames -o bashdefault -o default 2>/dev/null
    fi
}
complete -F _gulfbrief_complete gulfbrief
