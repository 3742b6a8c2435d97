#!/bin/sh
# Types every key and every report of the key tables on a real terminal, split at each byte with a pause, and 10,000 random
# ones, and prints what was taken for something else. Needs script(1). Takes about six minutes.
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/tui/terminal ] || mvn -B -q -ntp test-compile
[ -f target/test-classpath ] || mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
exec java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" voiptui.tui.terminal.input.PtyKeyboard
