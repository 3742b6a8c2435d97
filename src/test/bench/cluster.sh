#!/bin/bash
# Three relays in three network namespaces while two phones talk: one is added, one killed, two are cut off from each other and
# find each other again, one comes back with another version, a stranger and forged media are refused. Nobody types anything.
# Needs root on Linux with ip, nft and openssl. Usage: src/test/bench/cluster.sh
set -eu
cd "$(dirname "$0")/../../.."
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
jar=$PWD/target/voiptui.jar
work=$(mktemp -d)
net=vtc$$
pids=''
failed=0

clean_up() {
    for pid in $pids; do kill "$pid" 2> /dev/null || :; done
    wait 2> /dev/null || :
    for host in core r1 r2 r3 phones forger; do ip netns del "$net-$host" 2> /dev/null || :; done
    if [ "$failed" = 1 ]; then echo "logs: $work"; else rm -rf "$work"; fi
}
trap clean_up EXIT

fail() { echo "FAILED: $*"; failed=1; exit 1; }
now_ms() { date +%s%3N; }

# await SECONDS FILE PATTERN [COUNT]: waits until the file has that many such lines.
await() {
    local deadline=$(($(now_ms) + $1 * 1000))
    until [ "$(grep -c -- "$3" "$2" 2> /dev/null || :)" -ge "${4:-1}" ]; do
        [ "$(now_ms)" -lt $deadline ] || fail "no '$3' in $2 within $1 s"
        sleep 0.1
    done
}

# host NAME ADDRESS: a namespace on a bridge of all.
host() {
    ip netns add "$net-$1"
    ip -n "$net-$1" link set lo up
    ip -n "$net-$1" link add eth0 type veth peer name "$1" netns "$net-core"
    ip -n "$net-$1" addr add "$2/24" dev eth0
    ip -n "$net-$1" link set eth0 up
    ip -n "$net-core" link set "$1" master bridge0 up
}

ip netns add $net-core
ip -n $net-core link add bridge0 type bridge
ip -n $net-core link set bridge0 up
host r1 10.99.0.1; host r2 10.99.0.2; host r3 10.99.0.3; host phones 10.99.0.10; host forger 10.99.0.11

# at HOST COMMAND...: in the background, the process is the command's.
at() {
    local where=$1
    shift
    if [ "$BASHPID" = $$ ]; then ip netns exec "$net-$where" "$@"; else exec ip netns exec "$net-$where" "$@"; fi
}

# Identities, before anybody can be allowed.
allow=''
for i in 1 2 3 4; do
    at r1 java -jar "$jar" relay --tcp-port 0 --udp-port 0 --state-dir "$work/r$i" 2> "$work/id$i" &
    pid=$!
    await 20 "$work/id$i" ' identity '
    kill $pid; wait $pid 2> /dev/null || :
    [ $i = 4 ] || allow=$allow,$(sed -n 's/.* identity fingerprint=//p' "$work/id$i" | tr -d '"')
done
allow=${allow#,}

# relay NUMBER [JAR]: starts a relay of the cluster; its process is $relay_pid.
relay() {
    at "r$1" java -jar "${2:-$jar}" relay --state-dir "$work/r$1" --cluster 10.99.0.1,10.99.0.2,10.99.0.3 \
        --cluster-listen "10.99.0.$1" --cluster-allow "$allow" 2>> "$work/r$1.log" &
    relay_pid=$!
    pids="$pids $relay_pid"
}

phone() {
    local who=$1; shift
    at phones env XDG_CONFIG_HOME="$work/$who" XDG_STATE_HOME="$work/$who" HOME="$work/$who" \
        java -Djdk.net.hosts.file="$work/hosts" -jar "$jar" "$@" --name "$who" --accept-new --json --mic tone --speaker null > "$work/$who.log" 2>&1 < /dev/null &
    pids="$pids $!"
    phone_pid=$!
}

# One name for all relays: dora trusts the first that she meets, and the others because that one vouches for them.
printf '%s relays.test\n' 10.99.0.1 10.99.0.3 10.99.0.2 > "$work/hosts"

relay 1; r1=$relay_pid
relay 2
await 40 "$work/r1.log" ' relay_reached relay=10.99.0.2'
echo "two relays: ok"

phone ben phone --server 10.99.0.2,10.99.0.3,10.99.0.1 --auto-answer --no-ring
await 20 "$work/ben.log" '"signed_in"'
phone dora call ben --server relays.test
dora=$phone_pid
await 20 "$work/dora.log" '"state":"IN_CALL"'
await 20 "$work/r1.log" ' call_connected '
await 20 "$work/r2.log" ' call_connected '
echo "call from relay 1 to relay 2: ok"

relay 3
await 40 "$work/r3.log" ' relay_reached ' 2
await 10 "$work/r1.log" ' relay_reached relay=10.99.0.3'
echo "one added: ok"

since=$(now_ms)
kill -9 $r1
wait $r1 2> /dev/null || :
await 10 "$work/r3.log" ' call_connected '
echo "one killed: the call goes on through another after $(($(now_ms) - since)) ms"
await 10 "$work/dora.log" '"relay_vouched_for"'
echo "one name for all: the other relay is trusted because the first vouched for it"
await 10 "$work/r2.log" ' relay_lost relay=10.99.0.1'

ip -n $net-r2 route add blackhole 10.99.0.3/32
ip -n $net-r3 route add blackhole 10.99.0.2/32
await 20 "$work/r2.log" ' relay_lost relay=10.99.0.3'
await 20 "$work/r3.log" ' relay_lost relay=10.99.0.2'
ip -n $net-r2 route del blackhole 10.99.0.3/32
ip -n $net-r3 route del blackhole 10.99.0.2/32
since=$(now_ms)
await 40 "$work/r2.log" ' relay_reached relay=10.99.0.3' 2
await 40 "$work/r3.log" ' relay_reached relay=10.99.0.2' 2
echo "two cut off and healed: ok, after $(($(now_ms) - since)) ms"
sleep 3
! grep -q ' call_ended ' "$work/r3.log" || fail "the call has ended"

cp "$jar" "$work/later.jar"
ln -s "$PWD/target/cluster" "$work/cluster"
printf 'Implementation-Version: 9.9.9\n' > "$work/version"
(cd "$work" && jar ufm later.jar version) 2> /dev/null
relay 1 "$work/later.jar"
await 40 "$work/r2.log" ' relay_reached relay=10.99.0.1:9999 .* program=9.9.9'
await 10 "$work/r3.log" ' relay_reached relay=10.99.0.1:9999 .* program=9.9.9'
echo "one upgraded, two versions side by side: ok"

at forger java -jar "$jar" relay --state-dir "$work/r4" --cluster 10.99.0.2 --cluster-listen 10.99.0.11 \
    --cluster-allow "$allow" 2> "$work/r4.log" &
pids="$pids $!"
await 40 "$work/r2.log" ' relay_refused '
! grep -q ' relay_reached ' "$work/r4.log" || fail "a stranger has joined"
echo "stranger refused: ok"

at forger nft -f - << 'END'
table ip forge {
    chain out {
        type nat hook postrouting priority 100;
        udp dport 9999 snat to 10.99.0.3:9999
    }
}
END
at forger bash -c 'exec 3> /dev/udp/10.99.0.2/9999; for _ in 1 2 3 4 5; do echo forged media without a seal >&3; done'
await 70 "$work/r2.log" ' dropped_not_from_relay='
echo "forged media dropped: ok"

kill -INT $dora
wait $dora 2> /dev/null || :
await 10 "$work/r2.log" ' call_ended '
grep -q 'reason=hung-up' "$work/r2.log" || fail "the call ended for another reason"
grep -o '"packets_received":[0-9]*' "$work/dora.log" | tail -n 1
echo "the call lasted until it was hung up: ok"
