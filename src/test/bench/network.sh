#!/bin/sh
# Prints what bad networks do to speech, on simulated time: losses, delay, bit rate, similarity of heard to said speech.
# Usage: src/test/bench/network.sh [SECONDS [PULL_MS [WAV]]]
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
exec java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" voiptui.bench.NetworkBench "$@"
