#compdef gulfbrief
# Completion of gulfbrief in zsh.
_gulfbrief() {
    local line kind value
    local -a lines values shown
    lines=("${(@f)$(_GULFBRIEF_COMPLETE=zsh command ${(Q)words[1]} -- \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    kind="${lines[1]}"
    for line in "${(@)lines[2,-1]}"; do
        value="${line%%$'\t'*}"
        [[ -n "$value" ]] || continue
        values+=("$value")
        line="${line#*$'\t'}"
        shown+=("$value${line:+  -- $line}")
    done
    if (( $#values )); then
        # -U: what zsh would not take for a match, where a letter differs by its accent.
        compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -l -d shown -a values ||
            compadd -U -l -d shown -a values
    elif [[ "$kind" == files ]]; then
        _files
    fi
}
if (( ! $+functions[compdef] )); then
    autoload -Uz compinit && compinit
fi
compdef _gulfbrief gulfbrief
