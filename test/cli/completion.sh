# Completion for plimsoll: source <(plimsoll completion)
if [ -n "$ZSH_VERSION" ]; then
  autoload -U +X compinit bashcompinit && compinit && bashcompinit
fi
_plimsoll() {
  local word="${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=($(compgen -W "$(plimsoll --get-completions "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$word"))
}
complete -o default -F _plimsoll plimsoll
