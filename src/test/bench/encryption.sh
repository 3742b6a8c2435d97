#!/bin/sh
# Measures what encryption costs (handshakes and each packet, with the JVM options of clients and with the default ones; set-up over round
# trips of 0, 50 and 250 ms), then makes an encrypted call that must lose nothing while damaged datagrams pour in.
# Usage: src/test/bench/encryption.sh [DATAGRAMS]     default: 1000000
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -s target/test-classpath ] || mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
classpath="target/test-classes:target/classes:$(cat target/test-classpath)"
client_flags=
eval "$(grep '^client_flags=' src/main/sh/voiptui)"
for flags in "$client_flags" -XX:+UseSerialGC; do
  echo "java $flags"
  # shellcheck disable=SC2086 # a list of words
  java $flags -cp "$classpath" voiptui.bench.EncryptionCost --warm-up
done
for round_trip in 0 50 250; do
  for warm_up in "" --warm-up; do
    # shellcheck disable=SC2086 # a list of words, and perhaps none
    java $client_flags -cp "$classpath" voiptui.bench.EncryptionSetUp "$round_trip" $warm_up
  done
done
java -XX:+UseSerialGC -cp "$classpath" voiptui.media.secure.EncryptionFuzz "${1-1000000}"
