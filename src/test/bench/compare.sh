#!/bin/sh
# Measures CPU time per forwarded packet of other media servers and of this relay, under the same load in the same run: a C
# recvmmsg/sendmmsg loop (the floor), voiptui, coturn (TURN) and rtpengine in user space. Those that are not installed are left out.
# Usage: src/test/bench/compare.sh [SERVER...]     default: floor voiptui coturn rtpengine; the first is what others are compared with
#
# Each server is started on loopback, as its package delivers it, and stopped by its process ID. Needs Linux, cc, and from Debian
# coturn and rtpengine-daemon. No kernel module is used: rtpengine runs with --table=-1. Run it as root: rtpengine refuses to
# start otherwise.
#
# Environment: CALLS (100, so 200 flows), RATE (packets a second in all, 10000), ROUNDS (5), SECONDS_PER_ROUND (6); JAVA; RELAY_FLAGS.
set -eu
cd "$(dirname "$0")/../../.."
. src/test/bench/v2-relay.sh
calls=${CALLS:-100}
floor_port=41990 turn_port=41991 ng_port=41992 relay_udp=41993 relay_tcp=41994 base=43000
[ $# -gt 0 ] || set -- floor voiptui coturn rtpengine
need_descriptors $((calls * 8 + 500))
out=$PWD/target/bench
mkdir -p "$out"
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
mvn -B -q -ntp -o dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
pids='' servers='' scratch=$(mktemp -d)
stop() {
    for pid in $pids; do kill "$pid" 2> /dev/null || :; done
    wait
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' INT TERM

# started NAME PID PORT...: notes a server
started() {
    pids="$pids $2"
    servers="$servers $(echo "$@" | tr ' ' :)"
}

for server in "$@"; do
    case $server in
    floor)
        cc -O2 -Wall -Wextra -o "$out/forwarder" src/test/c/forwarder.c
        "$out/forwarder" $floor_port $base "$calls" & started floor $! $floor_port ;;
    voiptui)
        # shellcheck disable=SC2086,SC2154 # a list of words, from v2-relay.sh
        "$java" $flags -jar target/voiptui.jar relay --bind 127.0.0.1 --tcp-port $relay_tcp --udp-port $relay_udp \
            --state-dir "$scratch/state" --max-clients $((calls * 2 + 200)) --max-classic $((calls * 2 + 200)) \
            < /dev/null > "$out/compare-voiptui" 2>&1 & started voiptui $! $relay_udp $relay_tcp
        echo "voiptui: $("$java" -version 2>&1 | sed -n 2p)" ;;
    coturn)
        command -v turnserver > /dev/null || { echo "coturn: not installed, left out"; continue; }
        turnserver -n --no-auth --no-cli --allow-loopback-peers --no-tls --no-dtls --no-tcp-relay --no-tcp \
            -L 127.0.0.1 -E 127.0.0.1 -p $turn_port --min-port 50000 --max-port 59999 --pidfile "$scratch/turn.pid" \
            --userdb "$scratch/turn.db" --log-file "$out/compare-coturn" --simple-log --no-stdout-log \
            < /dev/null > /dev/null 2>&1 & started coturn $! $turn_port
        echo "coturn: $(turnserver --version 2> /dev/null | tail -n 1)" ;;
    rtpengine)
        command -v rtpengine > /dev/null || { echo "rtpengine: not installed, left out"; continue; }
        rtpengine --foreground --log-stderr --log-level=4 --config-file=none --table=-1 --interface=127.0.0.1 \
            --listen-ng=127.0.0.1:$ng_port --port-min=30000 --port-max=39999 --timeout=3600 --silent-timeout=3600 \
            < /dev/null > "$out/compare-rtpengine" 2>&1 & started rtpengine $! $ng_port
        echo "rtpengine: $(rtpengine --version 2>&1)" ;;
    *) echo "$0: unknown server '$server'" >&2; exit 2 ;;
    esac
done
sleep 4
echo "kernel $(uname -r), $(nproc) processors; $calls calls, ${RATE:-10000} packets/s of 120 bytes in all, rounds of ${SECONDS_PER_ROUND:-6} s"
# shellcheck disable=SC2086 # a list of words
"$java" -Xmx256m -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/test-classpath)" \
    voiptui.bench.compare.CompareLoad "$calls" "${RATE:-10000}" "${ROUNDS:-5}" "${SECONDS_PER_ROUND:-6}" $base $servers
