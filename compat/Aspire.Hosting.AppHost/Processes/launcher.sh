# Runs one program in a process group of its own, and leaves nothing of it behind.
#
#   SHELL -c <this> SHELL SETSID GRACE DOCKER CONTAINER PROGRAM [ARGUMENT...]
#
# SETSID is the path of setsid, or empty; CONTAINER, if not empty, is removed with DOCKER at the end.
# Standard input is a pipe that nobody but the AppHost holds open. A line on it means "stop": TERM, and
# KILL after GRACE tenths of a second or at once when the pipe closes meanwhile. A pipe that closes without a line
# means that the AppHost is gone, whatever ended it: TERM, and KILL after a second.
# The first line on standard output is the program's process id; all that follows is the program's own.
setsid=$1 grace=$2 docker=$3 container=$4
shift 4
exec 3<&0 </dev/null
trap : HUP INT QUIT TERM
[ -n "$setsid" ] || set -m
$setsid "$0" -c 'echo "$$"; exec "$@"' sh "$@" 3<&- &
program=$!
trap '' HUP INT QUIT TERM
exec >/dev/null 2>&1

signal() { kill "-$1" "-$program" || kill "-$1" "$program"; }

killAfter() {
  left=$1
  while [ "$left" -gt 0 ]; do
    kill -0 "$program" || return
    sleep 0.1
    left=$((left - 1))
  done
  signal KILL
}

watch() {
  if read -r _; then
    signal TERM
    killAfter "$grace" &
    while read -r _; do :; done
    signal KILL
  else
    signal TERM
    killAfter 10
  fi
}

watch <&3 &
watcher=$!
wait "$program"
code=$?
kill -KILL "$watcher"
kill -KILL "-$program"
[ -z "$container" ] || "$docker" rm --force "$container"
exit "$code"
