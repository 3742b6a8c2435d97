#!/bin/sh
# Measures one relay with thousands of v2 phones that watch their contacts, many of them in calls: cost per phone, packet loss and
# delay, and how long all take to come back when the relay restarts. That time depends on how many handshakes the machine does
# and is reported, not judged. The last line is the verdict; exits with 1 if a phone was refused for good, 0.1 % of the packets
# were lost, or not all came back: nobody did for two minutes.
# Usage: src/test/bench/v2-load.sh [CLIENTS [CALLS [SECONDS]]]     default: 2000 clients, 500 calls, 20 s
#
# Environment: as in v2-relay.sh; KEEP_LOG, a file for the relay's log.
set -eu
cd "$(dirname "$0")/../../.."
. src/test/bench/v2-relay.sh
clients=${1-2000}
need_descriptors $((clients * 2 + 500))
start_relay $((clients + 100))
# shellcheck disable=SC2154 # from v2-relay.sh
"$java" -Xmx768m -XX:+UseSerialGC -cp "$classpath" voiptui.bench.relay.V2Load "$pid" 127.0.0.1 "$tcp_port" "$clients" \
    "${2-500}" "${3-20}"
