#!/bin/sh
# Measures the delay from mouth to ear on a sound server's virtual devices.
# Usage: src/test/bench/mouth-to-ear.sh [CALLS] [OPTION OF CALL]...     e.g. mouth-to-ear.sh 5 --processing off
set -eu
cd "$(dirname "$0")/../../.."
[ $# -gt 0 ] || set -- 5
mvn -B -q -ntp -DskipTests package
mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
exec java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" voiptui.bench.MouthToEar "$@"
