# Completion of verbs, options and their values in bash: source this file, for example from ~/.bashrc.
# The program itself says what may follow (System.CommandLine's [suggest] directive), so nothing here grows old.
_distnet() {
  local line=${COMP_LINE#"${COMP_WORDS[0]}"}
  line=${line# }
  local at=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
  mapfile -t COMPREPLY < <(compgen -W "$(distnet "[suggest:$at]" "$line" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _distnet distnet
