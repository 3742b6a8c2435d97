# shellcheck shell=sh disable=SC3045,SC2034
# (Every current sh has "ulimit -n"; the sourcing scripts use the variables.)
#
# Sourced by v2-load.sh and attack.sh: builds, starts an open relay and stops it when the script exits.
# Sets $pid and $tcp_port, and $classpath for the programs that load it.
#
# Environment: JAVA; RELAY_FLAGS (the JVM's, default: the launcher's); RELAY_OPTIONS, more options for the relay.

java=${JAVA:-java}
flags=${RELAY_FLAGS:--Xms8m -Xmx192m -Xss256k -XX:+UseG1GC -XX:MaxGCPauseMillis=10 -XX:MetaspaceSize=64m -XX:ReservedCodeCacheSize=32m -XX:-UsePerfData -XX:AutoBoxCacheMax=16384}

# need_descriptors N: raises the file descriptor limit as far as allowed; fails if it is below N.
need_descriptors() {
    ulimit -n "$(ulimit -Hn)"
    most=$(ulimit -n)
    if [ "$most" != unlimited ] && [ "$most" -lt "$1" ]; then
        echo "$0: needs $1 open files, and may have $most: raise the hard limit (ulimit -Hn)" >&2
        exit 1
    fi
}

# start_relay CLIENTS
start_relay() {
    [ -f target/voiptui.jar ] || mvn -B -q -ntp -DskipTests package
    mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
    classpath=target/test-classes:target/classes:$(cat target/test-classpath)
    scratch=$(mktemp -d)
    pid=''
    trap end_relay EXIT
    trap 'exit 1' INT TERM
    # shellcheck disable=SC2086 # lists of words
    "$java" $flags -jar target/voiptui.jar relay --json --bind 127.0.0.1 --tcp-port 0 --udp-port 0 --access open \
        --state-dir "$scratch/state" --max-clients "$1" ${RELAY_OPTIONS-} < /dev/null > /dev/null 2> "$scratch/log" &
    pid=$!
    tries=0
    until grep -q '"started"' "$scratch/log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ] || ! kill -0 "$pid" 2> /dev/null; then
            cat "$scratch/log" >&2
            exit 1
        fi
        sleep 0.1
    done
    tcp_port=$(sed -n 's/.*"control":"[^"]*:\([0-9]*\)".*/\1/p' "$scratch/log" | head -n 1)
}

end_relay() {
    [ -z "$pid" ] || kill "$pid" 2> /dev/null || :
    wait
    [ -z "${KEEP_LOG-}" ] || cp "$scratch/log" "$KEEP_LOG"
    rm -rf "$scratch"
}
