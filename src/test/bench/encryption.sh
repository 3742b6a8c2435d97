#!/bin/sh
# Measures what encryption costs (handshakes, each packet), then makes an encrypted call that must lose nothing while damaged datagrams
# pour in.
# Usage: src/test/bench/encryption.sh [DATAGRAMS]     default: 1000000
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -s target/test-classpath ] || mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
classpath="target/test-classes:target/classes:$(cat target/test-classpath)"
java -XX:+UseSerialGC -cp "$classpath" voiptui.bench.EncryptionCost --warm-up
java -XX:+UseSerialGC -cp "$classpath" voiptui.media.secure.EncryptionFuzz "${1-1000000}"
