#!/bin/sh
# Measures the heap and resident memory of the relay per signed-in v2 client or registered classic one, and sign-ins per second.
# Relay and clients run on this machine. Needs a JDK (jcmd) and a Linux /proc.
#
#   mvn -B -DskipTests package && sh src/test/bench/sign-in.sh
#
# Environment: CLIENTS (2000), KIND (clients; classic: classic clients, which have no connection), THREADS (4: concurrent sign-ins);
# JAVA; RELAY_FLAGS (the JVM's); HISTOGRAM, how many lines of its classes to print.
set -eu

cd "$(dirname "$0")/../../.."
clients=${CLIENTS:-2000} threads=${THREADS:-4} port=43999
flags=${RELAY_FLAGS:--Xms8m -Xmx192m -Xss256k -XX:+UseG1GC -XX:MaxGCPauseMillis=10 -XX:MetaspaceSize=64m -XX:ReservedCodeCacheSize=32m -XX:-UsePerfData -XX:AutoBoxCacheMax=16384}
java=${JAVA:-java}
classes=target/voiptui.jar:target/test-classes
out=target/bench
mkdir -p "$out"
rm -f "$out/hold"
mkfifo "$out/hold"

relay_pid='' clients_pid='' state=$(mktemp -d)
stop() {
    for pid in $clients_pid $relay_pid; do kill "$pid" 2>/dev/null || :; done
    wait
    rm -rf "$state"
}
trap stop EXIT
trap 'exit 1' INT TERM

await() {
    tries=0
    until grep -q "$1" "$2"; do
        tries=$((tries + 1))
        if [ $tries -gt 1200 ]; then cat "$2" >&2; exit 1; fi
        sleep 0.1
    done
}
heap_kb() {
    jcmd $relay_pid GC.run >/dev/null
    jcmd $relay_pid GC.heap_info | sed -n 's/.*garbage-first heap.* used \([0-9]*\)K.*/\1/p' | awk '{ s += $1 } END { print s }'
}
resident_kb() { awk '/VmRSS/ { print $2 }' /proc/$relay_pid/status; }
cpu_ticks() { awk '{ print $14 + $15 }' /proc/$relay_pid/stat; }

# shellcheck disable=SC2086 # a list of words
"$java" $flags -cp "$classes" voiptui.relay.SignInBench relay $port "$state" >"$out/sign-in-relay.log" 2>&1 & relay_pid=$!
await ready "$out/sign-in-relay.log"
heap=$(heap_kb) resident=$(resident_kb) ticks=$(cpu_ticks)
"$java" -Xmx4g -cp "$classes" voiptui.relay.SignInBench "${KIND:-clients}" $port "$state" "$clients" "$threads" \
    <"$out/hold" >"$out/sign-in-clients.log" 2>&1 & clients_pid=$!
exec 9>"$out/hold"
await 'signed in' "$out/sign-in-clients.log"
cat "$out/sign-in-clients.log"
awk "BEGIN { printf \"relay: %.1f ms of CPU for each\\n\", ($(cpu_ticks) - $ticks) * 10 / $clients }"
awk "BEGIN { printf \"relay: %d kB resident before, %d with all of them\\n\", $resident, $(resident_kb) }"
after=$(heap_kb)
awk "BEGIN { printf \"relay: %.1f kB of heap for each (%d kB before, %d after)\\n\", ($after - $heap) / $clients, $heap, $after }"
[ -z "${HISTOGRAM-}" ] || jcmd $relay_pid GC.class_histogram | head -"$HISTOGRAM"
