#!/bin/sh
# Feeds each parser of bytes from outside with input guided by coverage (Jazzer), from its seeds on; then a relay in calls that must lose
# nothing with 1,000,000 datagrams, as many binds, and 200,000 control streams. Exits with 1 if anything is found: the input is then in
# target/fuzz/TARGET/. What reached new code is in target/fuzz/TARGET/corpus; copy what is worth keeping to src/test/resources/fuzz/TARGET.
# Usage: src/test/bench/fuzz.sh [SECONDS_PER_TARGET [TARGET...]]     default: 60, all targets (control-stream, packet...) and the relay
#
# Environment: SCALE, how many times the suite's amount the relay gets (default 50; 0: none).
set -eu
cd "$(dirname "$0")/../../.."
jazzer=0.30.0
seconds=${1-60}
[ $# -eq 0 ] || shift
[ -d target/test-classes/voiptui/fuzz ] || mvn -B -q -ntp test-compile
mkdir -p target/fuzz
mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
cat > target/fuzz/pom.xml <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fuzz</groupId>
  <artifactId>fuzz</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.code-intelligence</groupId>
      <artifactId>jazzer</artifactId>
      <version>$jazzer</version>
    </dependency>
  </dependencies>
</project>
END
mvn -B -q -ntp -f target/fuzz/pom.xml dependency:build-classpath -Dmdep.outputFile="$PWD/target/fuzz/classpath"
classpath="$(cat target/fuzz/classpath):target/test-classes:target/classes:$(cat target/test-classpath)"
# Files are written and read for each input of one target: in memory if there is such a folder.
temporary=/tmp
[ ! -w /dev/shm ] || temporary=/dev/shm
if [ $# -eq 0 ]; then
    relay=${SCALE-50}
    # shellcheck disable=SC2046 # the names have no spaces
    set -- $(ls src/test/resources/fuzz)
else
    relay=0
fi
failed=0
for target; do
    class=$(echo "$target" | sed 's/\(^\|-\)\(.\)/\U\2/g')Fuzz
    mkdir -p "target/fuzz/$target/corpus"
    log=target/fuzz/$target/log
    status=0
    java -XX:-OmitStackTraceInFastThrow -XX:+UseSerialGC -Xmx1g -Djava.io.tmpdir=$temporary -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
        --target_class="voiptui.fuzz.$class" --instrumentation_includes='voiptui.**:com.google.gson.**' \
        --custom_hook_includes='voiptui.**:com.google.gson.**' \
        --disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal --reproducer_path="target/fuzz/$target" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -use_value_profile=1 -print_final_stats=1 \
        -artifact_prefix="target/fuzz/$target/" \
        "target/fuzz/$target/corpus" "src/test/resources/fuzz/$target" > "$log" 2>&1 || status=$?
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(sed -n 's/.* cov: \([0-9]*\) ft: .*/\1/p' "$log" | tail -n 1)
    echo "$target: ${inputs:-0} inputs, ${reached:-0} branches reached, exit $status"
    if [ $status -ne 0 ]; then
        failed=1
        grep -A 12 '^== Java Exception' "$log" || tail -n 20 "$log"
    fi
done
if [ "$relay" != 0 ]; then
    mvn -B -ntp -Dspotless.check.skip -Dtest=NoUnitTests -Dit.test='RelayFuzzIT,V2FuzzIT' -Dsurefire.failIfNoSpecifiedTests=false \
        -Dvoiptui.fuzzScale="$relay" verify > target/fuzz/relay.log 2>&1 || failed=1
    grep -E 'Tests run|voiptui.fuzz|AssertionError' target/fuzz/relay.log | head -n 20
fi
exit $failed
