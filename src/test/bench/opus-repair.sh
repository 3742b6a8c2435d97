#!/bin/sh
# Prints what in-band FEC and deep redundancy cost in bit rate, and how alike speech is to the original under losses.
# Without settings: bit rates only. Usage: src/test/bench/opus-repair.sh [WAV] [BITRATE_BPS,LOSS_PERCENT,FEC,DRED_MS...]
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
exec java -cp target/test-classes:target/voiptui.jar voiptui.bench.OpusRepair "$@"
