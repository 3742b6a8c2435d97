#!/bin/sh
# Measures the time of codec, concealment, time stretching and packet store, a frame at a time, with JMH.
# Usage: src/test/bench/jmh.sh [JMH OPTION...], for example -f 1 -wi 2 -i 3 -w 1 -r 1 Concealer, or -prof gc
set -eu
cd "$(dirname "$0")/../../.."
mvn -B -q -ntp -Pjmh -DskipTests test-compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
java -cp "target/test-classes:target/classes:$(cat target/jmh.classpath)" org.openjdk.jmh.Main "$@"
