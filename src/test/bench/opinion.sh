#!/bin/sh
# Prints the opinion of listeners about calls in trouble, estimated after wideband PESQ, on simulated time; with "ways" first: of ways to
# send speech through losses. Usage: src/test/bench/opinion.sh [seeds=N] [rtt=MS] [back=PERCENT] [only=PREFIX] [WAV]
#    or: src/test/bench/opinion.sh ways [WAV] [losses=LABEL,...] [BITRATE_BPS,LOSS_PERCENT,FEC,DRED_MS[,COPY_DISTANCE...]]...
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
bench=OpinionBench
if [ "${1-}" = ways ]; then
    bench=OpinionTable
    shift
fi
exec java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" "voiptui.bench.$bench" "$@"
