#!/bin/sh
# Runs a relay for long, with calls, phones in calls of one packet a second, and churn: phones that sign in, call and vanish. Prints the
# relay's memory over time, what was lost, and the pauses of garbage collections. The last line is the verdict; exits with 1 if
# memory leaves a band of 5 % around its mean after the warm-up, or 0.1 % of the packets were lost.
# Usage: src/test/bench/soak.sh [MINUTES [CALLS [SLOW_CALLS]]]     default: 30 minutes, 500 calls, 500 slow calls, so 2,000 phones
#
# Memory is judged twice. The live heap is counted by jcmd after a collection, which stops the relay for a moment. The resident memory grows
# only by what is outside the heap, because all of the heap is touched at the start. The warm-up is a fifth of the time, at least a minute.
# The calls send PPS packets a second from each side (25): below what saturates two cores that relay and phones share, so that losses are the
# relay's.
#
# Environment: PPS; others as in v2-relay.sh. Needs a JDK (jcmd) next to java.
set -eu
cd "$(dirname "$0")/../../.."
. src/test/bench/v2-relay.sh
minutes=${1-30} calls=${2-500} slow=${3-500} pps=${PPS:-25}
need_descriptors $(((calls + slow) * 4 + 500))
out=target/bench
mkdir -p "$out"
rm -f "$out"/soak-*
touch "$out/soak-slow" "$out/soak-calls"
slow_pid='' calls_pid='' churn_pid=''
# shellcheck disable=SC2154 # from v2-relay.sh
flags="$flags -Xms192m -XX:+AlwaysPreTouch -Xlog:gc:file=$out/soak-gc:uptime"
RELAY_OPTIONS="--new-names 0 --handshake-limit 100000 ${RELAY_OPTIONS-}"
start_relay $(((calls + slow) * 2 + 200))
jcmd=$(dirname "$(readlink -f "$(command -v "$java")")")/jcmd

bench() {
    "$java" -Xms64m -Xmx1g -XX:+UseG1GC -jar target/voiptui.jar bench relay --json --server "127.0.0.1:$tcp_port" "$@"
}
resident_kb() { awk '/VmRSS/ { print $2 }' "/proc/$pid/status"; }
live_kb() { "$jcmd" "$pid" GC.class_histogram | awk '$1 == "Total" { printf "%d", $3 / 1024 }'; }

# With a cold Java on both sides, first handshakes take longer than a relay waits while others do: so one after another, and a short one
# before.
bench --calls 1 --for 1s > /dev/null 2> "$out/soak-errors" || :
bench --calls "$slow" --pps 1 --for "$((minutes + 1))m" > "$out/soak-slow" 2>> "$out/soak-errors" & slow_pid=$!
until grep -q "\"calls\":$slow," "$out/soak-slow"; do
    kill -0 $slow_pid || { cat "$out/soak-errors" >&2; exit 1; }
    sleep 1
done
bench --calls "$calls" --pps "$pps" --for "${minutes}m" > "$out/soak-calls" 2>> "$out/soak-errors" & calls_pid=$!
until grep -q "\"calls\":$calls," "$out/soak-calls"; do
    kill -0 $calls_pid || { cat "$out/soak-errors" >&2; exit 1; }
    sleep 1
done
(
    while kill -0 $calls_pid 2> /dev/null; do
        bench --calls 10 --for 3s >> "$out/soak-churn" 2>> "$out/soak-errors" || :
        sleep 2
    done
) & churn_pid=$!
trap 'kill $slow_pid $calls_pid $churn_pid 2> /dev/null || :; end_relay' EXIT
interval=$((minutes < 10 ? 20 : 60))
second=0
while kill -0 $calls_pid 2> /dev/null; do
    echo "$second $(resident_kb) $(live_kb)" >> "$out/soak-memory"
    second=$((second + interval))
    sleep $interval
done
wait $calls_pid || { cat "$out/soak-errors" >&2; exit 1; }

awk '$1 % 60 == 0 { printf "%d min: %.1f MB of live heap, %.0f MB resident\n", $1 / 60, $3 / 1024, $2 / 1024 }' "$out/soak-memory"
echo "churn: $(grep -c '"event":"bench_result"' "$out/soak-churn") times 20 phones signed in, called and vanished"
sed -n 's/.* Pause \([A-Za-z]*\).* \([0-9.]*\)ms$/\1 \2/p' "$out/soak-gc" |
    awk '{ n[$1]++; sum[$1] += $2; if ($2 > most[$1]) most[$1] = $2 }
        END { for (kind in n) printf "pauses, %s: %d, %.1f ms on average, %.1f ms at most\n", kind, n[kind], sum[kind] / n[kind], most[kind] }'
echo "(Full: those of jcmd, every $interval s; calls hear them as delays)"
tail -n 2 "$out/soak-calls"
loss=$(sed -n 's/.*"loss_percent":\([0-9.]*\).*/\1/p' "$out/soak-calls" | tail -n 1)
awk -v loss="$loss" -v warm_up="$((minutes * 12 > 60 ? minutes * 12 : 60))" '
    # The last one may have been taken when the phones were leaving.
    $1 >= warm_up { n++; resident[n] = $2; live[n] = $3 }
    function judge(what, kb,    i, sum, least, most) {
        for (i = 1; i < n; i++) {
            sum += kb[i]
            if (i == 1 || kb[i] < least) least = kb[i]
            if (i == 1 || kb[i] > most) most = kb[i]
        }
        printf "%s: %.1f MB on average after the warm-up, %.1f to %.1f %% of it\n", what, sum / (n - 1) / 1024,
            100 * least * (n - 1) / sum, 100 * most * (n - 1) / sum
        return most * (n - 1) <= 1.05 * sum && least * (n - 1) >= 0.95 * sum
    }
    END {
        if (n < 3) { print "FAILED: too short to judge"; exit 1 }
        flat = judge("live heap", live)
        flat = judge("resident memory", resident) && flat
        printf "%s: %s %% of the packets lost\n", flat && loss < 0.1 ? "passed" : "FAILED", loss
        exit !(flat && loss < 0.1)
    }' "$out/soak-memory"
