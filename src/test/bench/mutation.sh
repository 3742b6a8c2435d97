#!/bin/sh
# Feeds damaged payloads to everything that takes bytes from the network, in a process of its own: it must live, and
# speech must be as before. Usage: src/test/bench/mutation.sh [COUNT [SEED [KIND...]]]
set -eu
cd "$(dirname "$0")/../../.."
count=${1-1000000}
seed=${2-1}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
exec java -Xmx96m -cp target/test-classes:target/voiptui.jar voiptui.bench.PayloadMutation "$count" "$seed" "$@"
