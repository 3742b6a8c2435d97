#!/bin/sh
# Runs a relay for long, with calls, phones in calls of one packet a second, and churn: phones that sign in, call and leave. Prints the
# relay's resident memory over time, what was lost, and the pauses of garbage collections. The last line is the verdict; exits with 1
# if memory after the warm-up (a fifth of the time) leaves a band of 5 %, or 0.1 % of the packets were lost.
# Usage: src/test/bench/soak.sh [MINUTES [CALLS [SLOW_CALLS]]]     default: 30 minutes, 500 calls, 500 slow calls, so 2,000 phones
#
# Environment: as in v2-relay.sh.
set -eu
cd "$(dirname "$0")/../../.."
. src/test/bench/v2-relay.sh
minutes=${1-30} calls=${2-500} slow=${3-500}
need_descriptors $(((calls + slow) * 4 + 500))
out=target/bench
mkdir -p "$out"
rm -f "$out"/soak-*
slow_pid='' calls_pid='' churn_pid=''
# shellcheck disable=SC2154 # from v2-relay.sh
flags="$flags -Xlog:gc:file=$out/soak-gc:uptime"
RELAY_OPTIONS="--new-names 0 --handshake-limit 100000 --max-byte-rate 10000000 ${RELAY_OPTIONS-}"
start_relay $(((calls + slow) * 2 + 200))

bench() {
    "$java" -Xms64m -Xmx1g -XX:+UseG1GC -jar target/voiptui.jar bench relay --json --server "127.0.0.1:$tcp_port" "$@"
}
resident_kb() { awk '/VmRSS/ { print $2 }' "/proc/$pid/status"; }

# With a cold Java on both sides, first handshakes take longer than a relay waits while others do: so one after another, and a short one
# before.
bench --calls 1 --for 1s > /dev/null 2> "$out/soak-errors" || :
bench --calls "$slow" --pps 1 --for "${minutes}m" > "$out/soak-slow" 2>> "$out/soak-errors" & slow_pid=$!
until grep -q "\"calls\":$slow," "$out/soak-slow"; do
    kill -0 $slow_pid || { cat "$out/soak-errors" >&2; exit 1; }
    sleep 1
done
bench --calls "$calls" --for "${minutes}m" > "$out/soak-calls" 2>> "$out/soak-errors" & calls_pid=$!
(
    while kill -0 $calls_pid 2> /dev/null; do
        bench --calls 10 --for 3s >> "$out/soak-churn" 2>> "$out/soak-errors" || :
        sleep 2
    done
) & churn_pid=$!
trap 'kill $slow_pid $calls_pid $churn_pid 2> /dev/null || :; end_relay' EXIT
second=0
while kill -0 $calls_pid 2> /dev/null; do
    echo "$second $(resident_kb)" >> "$out/soak-memory"
    second=$((second + 10))
    sleep 10
done
wait $calls_pid || { cat "$out/soak-errors" >&2; exit 1; }

awk '$1 % 60 == 0 { printf "%d min: %.0f MB resident\n", $1 / 60, $2 / 1024 }' "$out/soak-memory"
echo "churn: $(grep -c '"event":"bench_result"' "$out/soak-churn") times 20 phones signed in, called and left"
sed -n 's/.* Pause \([A-Za-z]*\).* \([0-9.]*\)ms$/\1 \2/p' "$out/soak-gc" |
    awk '{ n[$1]++; sum[$1] += $2; if ($2 > most[$1]) most[$1] = $2 }
        END { for (kind in n) printf "pauses, %s: %d, %.1f ms on average, %.1f ms at most\n", kind, n[kind], sum[kind] / n[kind], most[kind] }'
tail -n 2 "$out/soak-calls"
loss=$(sed -n 's/.*"loss_percent":\([0-9.]*\).*/\1/p' "$out/soak-calls" | tail -n 1)
awk -v loss="$loss" '
    { kb[NR] = $2 }
    END {
        for (i = int(NR / 5) + 1; i <= NR; i++) {
            sum += kb[i]; n++
            if (!least || kb[i] < least) least = kb[i]
            if (kb[i] > most) most = kb[i]
        }
        mean = sum / n
        flat = most <= 1.05 * mean && least >= 0.95 * mean
        printf "%s: %.0f MB on average after the warm-up, %.1f to %.1f %% of it; %s %% of the packets lost\n",
            flat && loss < 0.1 ? "passed" : "FAILED", mean / 1024, 100 * least / mean, 100 * most / mean, loss
        exit !(flat && loss < 0.1)
    }' "$out/soak-memory"
