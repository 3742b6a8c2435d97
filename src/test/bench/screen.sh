#!/bin/sh
# Measures a call's full screen: start time to first paint with and without the class data archive; then, in a call with
# speech in both directions, the CPU time of the ui thread and its bytes and writes to the terminal. Needs tmux and a Linux /proc. JAVA_HOME chooses the Java, SIZE the terminal (80x24).
# Usage: src/test/bench/screen.sh [SECONDS] [STARTS]
set -eu
cd "$(dirname "$0")/../../.."
seconds=${1-20}
starts=${2-15}
size=${SIZE-80x24}
# A screen of 80 by 24 is longer, what comes before it is shorter.
first_paint_bytes=1500
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
scratch=$(mktemp -d)
started=

end() {
    tmux -S "$scratch/tmux" kill-server 2> /dev/null || :
    # shellcheck disable=SC2086 # a list of process numbers
    [ -z "$started" ] || kill $started 2> /dev/null || :
    wait
    rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' INT TERM

terminal() {
    LC_ALL=C.UTF-8 tmux -S "$scratch/tmux" -f /dev/null "$@"
}

# await WHAT COMMAND...: until the command succeeds.
await() {
    what=$1
    shift
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        if [ "$tries" -ge 1000 ]; then
            echo "screen.sh: no $what" >&2
            terminal capture-pane -p >&2 || :
            exit 1
        fi
        sleep 0.02
    done
}

shows() {
    terminal capture-pane -p | grep -q "$1"
}

background() {
    log=$1
    shift
    "$scratch/with/bin/voiptui" "$@" < /dev/null > /dev/null 2> "$scratch/$log" &
    started="$started $!"
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { printf "%.0f ms (%.0f to %.0f)", v[int((NR + 1) / 2)] / 1e6, v[1] / 1e6, v[NR] / 1e6 }'
}

./install.sh --prefix "$scratch/with" --jar target/voiptui.jar > /dev/null
cp -R "$scratch/with" "$scratch/without"
rm -f "$scratch/without/lib/voiptui/classes.jsa"

background relay relay --json --bind 127.0.0.1 --tcp-port 0 --udp-port 0 --state-dir "$scratch/state"
await relay grep -q '"started"' "$scratch/relay"
tcp=$(sed -n 's/.*"control":"[^"]*:\([0-9]*\)".*/\1/p' "$scratch/relay" | head -n 1)
udp=$(sed -n 's/.*"media":"[^"]*:\([0-9]*\)".*/\1/p' "$scratch/relay" | head -n 1)
speech="--mic file:$PWD/src/main/resources/voiptui/demo/speech.wav --loop --speaker null"
common="call --server 127.0.0.1:$tcp --relay-udp-port $udp --accept-new $speech"

# Reads installation names and makes a call with each until told to quit.
cat > "$scratch/calls" << END
stty -echo
while read -r which; do
    rm -f "$scratch/painted" "$scratch/over"
    date +%s%N > "$scratch/entered"
    XDG_CONFIG_HOME="$scratch/here" "$scratch/\$which/bin/voiptui" $common --name here --target there
    : > "$scratch/over"
done
END
# Gets what the terminal gets. A file of its own, for tmux would take the percent signs for itself.
cat > "$scratch/paint" << END
head -c $first_paint_bytes > /dev/null
date +%s%N > "$scratch/now"
mv "$scratch/now" "$scratch/painted"
END
XDG_STATE_HOME=$scratch TERM=screen-256color terminal new-session -d -x "${size%x*}" -y "${size#*x}" \
    "sh '$scratch/calls'"

start=0
while [ "$start" -lt "$starts" ]; do
    start=$((start + 1))
    for which in with without; do
        rm -f "$scratch/over" "$scratch/painted"
        terminal pipe-pane "sh '$scratch/paint'"
        terminal send-keys "$which" Enter
        await "first paint" test -f "$scratch/painted"
        echo "$(($(cat "$scratch/painted") - $(cat "$scratch/entered")))" >> "$scratch/$which.ns"
        await "call waiting" shows "offline; will ring"
        terminal send-keys q
        await "end" test -f "$scratch/over"
    done
done
terminal pipe-pane
[ "$starts" -eq 0 ] || echo "first paint after the command, median of $starts: $(median < "$scratch/with.ns") with the archive of" \
    "classes, $(median < "$scratch/without.ns") without"

# shellcheck disable=SC2086 # a list of words
XDG_CONFIG_HOME="$scratch/there" background peer $common --plain --name there --target here
terminal send-keys with Enter
await call shows "in call"
sleep 3
process=$(pgrep -f "$scratch/with/lib/voiptui/voiptui.jar call .*--name here" | head -n 1)
for task in "/proc/$process/task/"*; do
    [ "$(cat "$task/comm")" != voiptui-ui ] || ui=$task
done

# Prints: ticks of the thread, ticks of the process, bytes and writes of the thread.
reading() {
    awk '{ sub(/.*\) /, ""); printf "%d ", $12 + $13 }' "$ui/stat" "/proc/$process/stat"
    awk '/^wchar|^syscw/ { printf "%d ", $2 }' "$ui/io"
}
before=$(reading)
sleep "$seconds"
after=$(reading)
echo "$before $after" | awk -v s="$seconds" -v hz="$(getconf CLK_TCK)" -v size="$size" '{
    printf "in a call at %s, %d s: ui thread %.1f %% of one core, the whole process %.1f %%;", size, s,
        100 * ($5 - $1) / hz / s, 100 * ($6 - $2) / hz / s
    printf " %.1f kB/s to the terminal in %.1f writes/s\n", ($7 - $3) / 1000 / s, ($8 - $4) / s }'
terminal send-keys q q
await "end" test -f "$scratch/over"
