#!/bin/sh
# Measures CPU time per forwarded packet and the delay, for the relay and for a C recvmmsg/sendmmsg loop under the same
# load. Both keep running; the load alternates between them. Needs cc and a Linux /proc.
#
#   mvn -B -DskipTests package && sh src/test/bench/relay.sh
#
# Environment: ROUNDS (5), RATE (packets a second in all, 50000), CALLS (100, so 200 flows), BYTES (120), WARMUP (5) and
# SECONDS_PER_ROUND (8); THREADS (--media-threads); JAVA; RELAY_FLAGS (the JVM's); RELAY_COMMAND, the whole command in
# place of the jar.
set -eu

cd "$(dirname "$0")/../../.."
rounds=${ROUNDS:-5} rate=${RATE:-50000} calls=${CALLS:-100} bytes=${BYTES:-120}
warmup=${WARMUP:-5} seconds=${SECONDS_PER_ROUND:-8}
c_udp=41998 java_udp=41999 java_tcp=41888 base=42000
flags=${RELAY_FLAGS:--Xms8m -Xmx192m -Xss256k -XX:+UseG1GC -XX:MaxGCPauseMillis=10 -XX:MetaspaceSize=64m -XX:ReservedCodeCacheSize=32m -XX:-UsePerfData -XX:AutoBoxCacheMax=16384}
command=${RELAY_COMMAND:-"${JAVA:-java} $flags -jar target/voiptui.jar relay --bind 127.0.0.1 --tcp-port $java_tcp --udp-port $java_udp --max-clients $((calls * 2 + 200)) --max-classic $((calls * 2 + 200)) --max-packet-rate 1000000 --max-byte-rate 1000000000 ${THREADS:+--media-threads $THREADS}"}

out=target/bench
mkdir -p "$out"
cc -O2 -Wall -Wextra -o "$out/forwarder" src/test/c/forwarder.c
cc -O2 -Wall -Wextra -o "$out/load" src/test/c/load.c

c_pid='' java_pid=''
stop() {
    for pid in $c_pid $java_pid; do kill "$pid" 2>/dev/null || :; done
}
trap stop EXIT
trap 'exit 1' INT TERM

"$out/forwarder" $c_udp $base "$calls" & c_pid=$!
$command >"$out/relay.log" 2>&1 & java_pid=$!
tries=0
until grep -qi started "$out/relay.log"; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ]; then cat "$out/relay.log" >&2; exit 1; fi
    sleep 0.1
done

value() { sed -n "s/.*$1=\([0-9.-]*\).*/\1/p"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
load() { "$out/load" "$@"; }

echo "load: $rate packets/s of $bytes bytes in $((calls * 2)) flows, $rounds rounds of $seconds s each"
load $java_pid $java_udp $java_tcp $base "$calls" "$rate" "$bytes" 15 1 >/dev/null
: >"$out/c.txt"
: >"$out/java.txt"
round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    load $c_pid $c_udp 0 $base "$calls" "$rate" "$bytes" 1 "$seconds" | tee -a "$out/c.txt" | sed "s/^/$round C     /"
    load $java_pid $java_udp $java_tcp $base "$calls" "$rate" "$bytes" "$warmup" "$seconds" \
        | tee -a "$out/java.txt" | sed "s/^/$round relay /"
done
c=$(value cpu_us_per_packet <"$out/c.txt" | median)
java=$(value cpu_us_per_packet <"$out/java.txt" | median)
echo "median CPU per packet: C $c us, relay $java us, ratio $(awk "BEGIN { printf \"%.2f\", $java / $c }")"
for who in c java; do
    echo "$who, delay in us (medians of rounds): half below $(value p50_us <"$out/$who.txt" | median)," \
        "99 % below $(value p99_us <"$out/$who.txt" | median), 99.9 % below $(value p999_us <"$out/$who.txt" | median)"
done
echo "relay: $(awk '/VmRSS/ { printf "RSS %.1f MB", $2 / 1024 }' /proc/$java_pid/status)"

if command -v taskset >/dev/null && [ "$(nproc)" -gt 1 ]; then
    taskset -a -p -c 0 $c_pid >/dev/null
    taskset -a -p -c 0 $java_pid >/dev/null
    load() { taskset -c 1 "$out/load" "$@"; }
    : >"$out/c-most.txt"
    : >"$out/java-most.txt"
    round=0
    while [ $round -lt "$rounds" ]; do
        round=$((round + 1))
        load $c_pid $c_udp 0 $base "$calls" 0 "$bytes" 1 3 >>"$out/c-most.txt"
        load $java_pid $java_udp $java_tcp $base "$calls" 0 "$bytes" 1 3 >>"$out/java-most.txt"
    done
    for who in c java; do
        echo "$who, most on one core: $(value per_second <"$out/$who-most.txt" | median)/s," \
            "$(value cpu_us_per_packet <"$out/$who-most.txt" | median) us of CPU per packet (medians)"
    done
    awk "BEGIN { printf \"ratio at the most: %.2f\n\", $(value cpu_us_per_packet <"$out/java-most.txt" | median) / $(value cpu_us_per_packet <"$out/c-most.txt" | median) }"
fi
