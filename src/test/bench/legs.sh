#!/bin/sh
# Judges whether both sides of a call blame the leg that loses packets, within 5 s: real calls, each leg in turn, loss of
# 10 to 30 % at random. Takes 20 s for each run.
# Usage: src/test/bench/legs.sh [RUNS [SEED]]
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
exec java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" voiptui.bench.LegBlame "${1:-10}" "${2:-1}"
