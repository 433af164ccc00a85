#!/usr/bin/env bash
# Runs a program that ends with whoever holds this script's standard input, however that one ends.
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
cat <&3 >/dev/null &
lifeline=$!
trap 'kill "$program" "$lifeline" 2>/dev/null' EXIT
trap exit TERM INT
wait -n "$program" "$lifeline"
