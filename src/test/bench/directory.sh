#!/bin/sh
# Measures what a directory of many names costs: heap, size of the file, time to load it and to look names up.
# Usage: src/test/bench/directory.sh [NAMES...]     default: 10000 100000 1000000
#
# Environment: JAVA; MAX_HEAP (2g), which limits the file that is read to a tenth of it.
set -eu
cd "$(dirname "$0")/../../.."
[ -f target/test-classes/voiptui/relay/directory/DirectoryGrowth.class ] || mvn -B -q -ntp test-compile
[ $# -gt 0 ] || set -- 10000 100000 1000000
exec "${JAVA:-java}" "-Xmx${MAX_HEAP:-2g}" -XX:+UseSerialGC -cp "target/test-classes:target/voiptui.jar" \
    voiptui.relay.directory.DirectoryGrowth "$@"
