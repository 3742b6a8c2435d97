#!/bin/sh
# Measures the CPU time (as a share of one core) and allocation of a call's media with each codec, with the launcher's
# JVM flags; with RTP, twice without and with encryption in turn, and the difference. Usage: src/test/bench/media.sh [SECONDS]
set -eu
cd "$(dirname "$0")/../../.."
seconds=${1-30}
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
for call in "opus rtp" "pcm rtp" "pcm classic"; do
    echo "$call, devices at 48 kHz:"
    # shellcheck disable=SC2086 # two words
    java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:Tier3BackEdgeThreshold=500 \
        -XX:Tier0BackedgeNotifyFreqLog=7 -cp target/test-classes:target/voiptui.jar \
        voiptui.bench.MediaCost $call "$seconds"
done
