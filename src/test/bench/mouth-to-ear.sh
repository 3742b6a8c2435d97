#!/bin/sh
# Measures the delay from mouth to ear on a sound server's virtual devices.
# Usage: src/test/bench/mouth-to-ear.sh [CALLS] [OPTION OF CALL]...     e.g. mouth-to-ear.sh 5 --processing off
# Environment: DELAY (0) and JITTER (0, the standard deviation) of the network on the way to the ear, in milliseconds;
# ORDER=kept: packets do not overtake each other.
set -eu
cd "$(dirname "$0")/../../.."
calls=${1-5}
[ $# -eq 0 ] || shift
mvn -B -q -ntp -DskipTests package
mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
exec java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" voiptui.bench.MouthToEar \
    "$calls" "${DELAY:-0}" "${JITTER:-0}" "${ORDER:-free}" "$@"
