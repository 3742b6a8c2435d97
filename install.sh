#!/bin/sh
# Builds and installs voiptui. Usage: ./install.sh --help
#
# Steps: read the options; install Java, Maven and ALSA's bridge to PulseAudio through the package manager; build; put
# the files in place, each written under another name and then renamed, so that a running voiptui keeps its open files;
# write the list of installed files that --uninstall uses.
set -eu
umask 022

oldest_java=17
# Required by the plugins in pom.xml.
oldest_maven=3.6.3
# What the tests use besides Java and Maven: commands, except "alsa-pulse" and "desktop-libs" (libraries), "gst-opus"
# and "gst-rtp" (plugins).
test_needs='alsa-pulse pulseaudio pactl espeak-ng sox tmux mandoc shellcheck'
test_needs="$test_needs desktop-libs gst-launch-1.0 gst-opus gst-rtp tshark ip nft openssl"
# Below the prefix: one line "file PATH" or "dir PATH" for everything that was installed or created.
manifest=lib/voiptui/manifest
# Also below the prefix: the unit, where systemd looks for it if the prefix is /usr or /usr/local.
unit=lib/systemd/system/voiptui-relay.service
# The classes of the jar that go into the class data archive, as patterns of paths: those that a call with a full screen
# may need, without Lanterna's windows, which are not used. More classes would cost memory.
archived='^(voiptui|picocli|com/googlecode/lanterna|com/google/gson|org/tomlj|org/antlr/v4/runtime'
archived="$archived|org/bouncycastle/(tls|operator|crypto/prng|asn1/x50[09]))/|^org/bouncycastle/(asn1|util)/[A-Z]"
not_archived='^com/googlecode/lanterna/(gui2|.*/swing)/'

usage() {
    cat <<'END'
Usage: ./install.sh [OPTION]...
Builds voiptui and installs it together with what it needs.

  --prefix DIR   install in DIR (default: /usr/local as root, else ~/.local)
  --service      install, with a systemd service that runs a relay; as root
  --demo         install, then make a test call on this machine: voiptui demo
  --test         install what the tests need and run all tests, nothing else
  --uninstall    remove what was installed in the prefix
  --jar FILE     install this voiptui.jar instead of building it
  -h, --help     show this help

Missing packages are installed if run as root; otherwise the command is printed.
Exit status: 0 success, 1 a step failed, 2 wrong usage; with --demo and --test,
that of the demo or the tests.
END
}

say() {
    printf '%s\n' "$*"
}

warn() {
    printf 'install.sh: %s\n' "$*" >&2
}

fail() {
    warn "$*"
    exit 1
}

misused() {
    warn "$* (see ./install.sh --help)"
    exit 2
}

# --- options --------------------------------------------------------------------------------------------------------

read_options() {
    prefix=''
    task=install
    jar=''
    while [ $# -gt 0 ]; do
        case $1 in
            --prefix | --jar) [ $# -gt 1 ] || misused "$1 requires a value" ;;
        esac
        case $1 in
            --prefix) set_prefix "$2"; shift ;;
            --prefix=*) set_prefix "${1#*=}" ;;
            --jar) set_jar "$2"; shift ;;
            --jar=*) set_jar "${1#*=}" ;;
            --demo | --test | --uninstall | --service)
                [ "$task" = install ] || misused "--$task and $1 cannot be combined"
                task=${1#--} ;;
            -h | --help) usage; exit 0 ;;
            *) misused "unknown option: $1" ;;
        esac
        shift
    done
    if [ -z "$prefix" ]; then
        if is_root; then
            prefix=/usr/local
        else
            [ -n "${HOME-}" ] || fail "HOME is not set; choose a directory with --prefix DIR"
            prefix=$HOME/.local
        fi
    fi
}

set_prefix() {
    case $1 in
        '' | /) misused "--prefix requires a directory other than /" ;;
    esac
    prefix=$(absolute "${1%/}")
}

set_jar() {
    [ -f "$1" ] || fail "no such file: $1"
    jar=$(absolute "$1")
}

absolute() {
    case $1 in
        /*) printf '%s\n' "$1" ;;
        *) printf '%s\n' "$PWD/$1" ;;
    esac
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

# --- steps with a log -----------------------------------------------------------------------------------------------

# Creates the scratch directory. It is removed when the script ends, unless it holds the log of a failed step.
prepare() {
    source_dir=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
    [ -f "$source_dir/pom.xml" ] || fail "no pom.xml beside this script; run it from the source directory of voiptui"
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/voiptui-install.XXXXXX") || fail "cannot create a temporary directory"
    keep_log=no
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

clean_up() {
    [ "$keep_log" = yes ] || rm -rf "$scratch"
}

# quietly WHAT COMMAND...: prints WHAT and runs COMMAND with its output in a log. If it fails, shows the end of the log.
quietly() {
    what=$1
    shift
    say "$what ..."
    if "$@" < /dev/null > "$scratch/log" 2>&1; then
        return 0
    fi
    keep_log=yes
    tail -n 15 "$scratch/log" >&2
    warn "failed: $what (full log: $scratch/log)"
    return 1
}

# --- what is installed ----------------------------------------------------------------------------------------------

# Where systems keep the Javas that all users may use.
system_javas='/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk*'
system_javas="$system_javas /Library/Java/JavaVirtualMachines/*/Contents/Home"

# Sets $java_home to the first Java that is new enough and has the program $1 (javac to build, java to run).
find_java() {
    on_path=
    if command -v "$1" > /dev/null; then
        on_path=$(follow_links "$(command -v "$1")")
    fi
    # shellcheck disable=SC2086 # patterns, to be expanded
    for java_home in "${JAVA_HOME-}" "${on_path%/bin/"$1"}" $system_javas "${HOME-}"/.sdkman/candidates/java/* \
            "${HOME-}"/.jdks/*; do
        if [ -n "$java_home" ] && [ -x "$java_home/bin/$1" ] && [ "$(java_major)" -ge "$oldest_java" ]; then
            return 0
        fi
    done
    java_home=
    return 1
}

# Prints the newest Java of this machine that can run $jar, for relays; it need not be the one that runs the rest.
find_newest_java() {
    newest=
    most=0
    chosen=$java_home
    # shellcheck disable=SC2086 # patterns, to be expanded
    for java_home in "$chosen" $system_javas; do
        if [ -x "$java_home/bin/java" ] && [ "$(java_major)" -gt "$most" ] &&
            "$java_home/bin/java" -jar "$jar" --version > /dev/null 2>&1; then
            most=$(java_major)
            newest=$java_home
        fi
    done
    java_home=$chosen
    printf '%s\n' "$newest"
}

follow_links() {
    file=$1
    while [ -L "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=$(dirname "$file")/$link ;;
        esac
    done
    printf '%s\n' "$file"
}

# Prints the major version of $java_home, or 0.
java_major() {
    "$java_home/bin/java" -version 2>&1 | sed -n 's/^.* version "\(1\.\)\{0,1\}\([0-9]*\).*$/\2/p' | grep . || echo 0
}

check_maven() {
    found=$(JAVA_HOME=$java_home mvn -B -v < /dev/null 2>&1 | sed -n 's/^.*Apache Maven \([0-9.]*\).*$/\1/p')
    [ -n "$found" ] || fail "$(command -v mvn) does not work; try: mvn -v"
    oldest=$(printf '%s\n' "$found" "$oldest_maven" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)
    [ "$oldest" = "$oldest_maven" ] ||
        fail "Maven $oldest_maven or newer is required, but $(command -v mvn) is $found; put a newer one first on PATH"
}

# Whether "$1" is installed: jdk, java, alsa-pulse, desktop-libs, a GStreamer plugin, or a command.
has() {
    case $1 in
        jdk) find_java javac ;;
        java) find_java java ;;
        alsa-pulse) has_alsa_pulse ;;
        desktop-libs) has_desktop_libs ;;
        gst-opus) has_gstreamer opusenc ;;
        gst-rtp) has_gstreamer rtpopuspay ;;
        # The tests use these to create virtual hosts, which only root on Linux can do.
        ip | nft) ! is_root || [ "$(uname)" != Linux ] || command -v "$1" > /dev/null ;;
        *) command -v "$1" > /dev/null ;;
    esac
}

# Java Sound uses ALSA, and ALSA reaches PulseAudio or PipeWire through this library.
has_alsa_pulse() {
    [ "$(uname)" = Linux ] || return 0
    for library in /usr/lib*/alsa-lib/libasound_module_pcm_pulse.so /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so; do
        [ ! -e "$library" ] || return 0
    done
    return 1
}

# The native library for voice processing is linked with these, because it also captures screens.
has_desktop_libs() {
    [ "$(uname)" = Linux ] || return 0
    for library in libpulse.so.0 libudev.so.1 libdbus-1.so.3 libX11.so.6 libXfixes.so.3 libXrandr.so.2 \
            libXcomposite.so.1; do
        present=no
        for file in /usr/lib*/"$library" /usr/lib/*/"$library" /lib*/"$library" /lib/*/"$library"; do
            [ ! -e "$file" ] || present=yes
        done
        [ "$present" = yes ] || return 1
    done
}

has_gstreamer() {
    gst-inspect-1.0 --exists "$1" > /dev/null 2>&1
}

# --- packages -------------------------------------------------------------------------------------------------------

find_package_manager() {
    for manager in apt-get dnf pacman brew; do
        ! command -v "$manager" > /dev/null || return 0
    done
    manager=none
}

# Prints the name of the package that provides "$1" for $manager.
package_of() {
    case $manager:$1 in
        apt-get:jdk | apt-get:java) apt_jdk ;;
        dnf:jdk | dnf:java) dnf_jdk ;;
        pacman:jdk | pacman:java) echo jdk-openjdk ;;
        brew:jdk | brew:java) echo openjdk ;;
        pacman:mvn | apt-get:mvn | dnf:mvn | brew:mvn) echo maven ;;
        apt-get:alsa-pulse) echo libasound2-plugins ;;
        dnf:alsa-pulse) echo alsa-plugins-pulseaudio ;;
        pacman:alsa-pulse) echo alsa-plugins ;;
        apt-get:desktop-libs) echo libpulse0 libudev1 libdbus-1-3 libx11-6 libxfixes3 libxrandr2 libxcomposite1 ;;
        dnf:desktop-libs) echo pulseaudio-libs systemd-libs dbus-libs libX11 libXfixes libXrandr libXcomposite ;;
        pacman:desktop-libs) echo libpulse systemd-libs dbus libx11 libxfixes libxrandr libxcomposite ;;
        apt-get:pactl | dnf:pactl) echo pulseaudio-utils ;;
        pacman:pactl) echo libpulse ;;
        brew:pactl) echo pulseaudio ;;
        dnf:shellcheck) echo ShellCheck ;;
        apt-get:gst-launch-1.0) echo gstreamer1.0-tools ;;
        apt-get:gst-opus) echo gstreamer1.0-plugins-base ;;
        apt-get:gst-rtp) echo gstreamer1.0-plugins-good ;;
        dnf:gst-launch-1.0) echo gstreamer1 ;;
        dnf:gst-opus) echo gstreamer1-plugins-base ;;
        dnf:gst-rtp) echo gstreamer1-plugins-good ;;
        pacman:gst-launch-1.0 | brew:gst-*) echo gstreamer ;;
        pacman:gst-opus) echo gst-plugins-base ;;
        pacman:gst-rtp) echo gst-plugins-good ;;
        dnf:tshark | pacman:tshark) echo wireshark-cli ;;
        brew:tshark) echo wireshark ;;
        apt-get:ip | pacman:ip) echo iproute2 ;;
        dnf:ip) echo iproute ;;
        *:nft) echo nftables ;;
        *) echo "$1" ;;
    esac
}

# Prefers the distribution's default JDK if it is new enough, because its Maven depends on the same one. The headless
# packages include libjsound.so, the native part of Java Sound, and depend on libasound2.
apt_jdk() {
    default=$(apt-cache depends default-jdk-headless 2> /dev/null |
        sed -n 's/^.*Depends: openjdk-\([0-9]*\)-jdk-headless.*$/\1/p')
    if [ "${default:-0}" -lt "$oldest_java" ]; then
        for version in 25 21 17; do
            if apt-cache show "openjdk-$version-jdk-headless" > /dev/null 2>&1; then
                echo "openjdk-$version-jdk-headless"
                return
            fi
        done
    fi
    echo default-jdk-headless
}

dnf_jdk() {
    for version in 25 21 17; do
        if dnf -q list "java-$version-openjdk-devel" > /dev/null 2>&1; then
            echo "java-$version-openjdk-devel"
            return
        fi
    done
    echo java-latest-openjdk-devel
}

# provide NEEDED OPTIONAL: installs what is missing from two lists. Fails if something needed cannot be installed;
# prints what is missing from the optional ones and continues.
provide() {
    needed=$(missing "$1")
    lacking=$needed$(missing "$2")
    [ -n "$lacking" ] || return 0
    find_package_manager
    if can_install; then
        [ "$manager" != apt-get ] || quietly "Updating the package lists" apt-get update || :
        packages=$(packages_of "$lacking")
        quietly "Installing$packages" sh -c "$(install_command)$packages" || [ -z "$needed" ] || exit 1
        lacking=$(missing "$1")
        [ -z "$lacking" ] || fail "still missing after installing packages:$lacking"
        return
    fi
    if [ "$manager" = none ]; then
        advice="install with your system's package manager:$lacking"
    else
        advice="run${how_to_run}: $(install_command)$(packages_of "$lacking")"
        [ "$manager" != apt-get ] || advice="run${how_to_run}: apt-get update && ${advice#*: }"
    fi
    [ -z "$needed" ] || fail "first $advice"
    warn "$purpose: $advice"
}

missing() {
    for need in $1; do
        has "$need" || printf ' %s' "$need"
    done
}

packages_of() {
    for need in $1; do
        printf ' %s' "$(package_of "$need")"
    done
}

# Homebrew refuses to run as root; the others require it.
can_install() {
    how_to_run=' as root'
    case $manager in
        none) return 1 ;;
        brew) how_to_run=' as yourself, not as root'; ! is_root ;;
        *) is_root ;;
    esac
}

install_command() {
    case $manager in
        apt-get) echo apt-get install -y --no-install-recommends ;;
        dnf) echo dnf install -y ;;
        pacman) echo pacman -S --needed --noconfirm ;;
        brew) echo brew install ;;
    esac
}

# --- build and install ----------------------------------------------------------------------------------------------

build() {
    [ -w "$source_dir" ] || fail "cannot write to $source_dir, which the build needs to do"
    [ -d "$source_dir/target" ] || say "Maven will download the libraries for the build, which takes a few minutes."
    # Tests are not compiled, because that would download their libraries, too.
    JAVA_HOME=$java_home quietly "Building voiptui" \
        mvn -B -q -ntp -Dstyle.color=never -f "$source_dir/pom.xml" -Dmaven.test.skip=true package || exit 1
    jar=$source_dir/target/voiptui.jar
}

install_all() {
    java=$java_home/bin/java
    version=$("$java" -jar "$jar" --version 2> "$scratch/log") ||
        fail "$java cannot run $jar: $(head -n 1 "$scratch/log")"
    "$java" -jar "$jar" generate-completion > "$scratch/completion" 2> "$scratch/log" ||
        fail "$jar cannot generate the shell completion: $(head -n 1 "$scratch/log")"
    printf '%s\n' "$java_home" > "$scratch/java-home"
    : > "$scratch/manifest"

    put 644 "$jar" lib/voiptui/voiptui.jar
    put_natives
    put_cluster
    put 644 "$scratch/java-home" lib/voiptui/java-home
    find_newest_java > "$scratch/relay-java-home"
    put 644 "$scratch/relay-java-home" lib/voiptui/relay-java-home
    put 644 "$source_dir/src/main/ops/grafana-dashboard.json" lib/voiptui/grafana-dashboard.json
    put 755 "$source_dir/src/main/sh/voiptui" bin/voiptui
    for page in "$source_dir"/man/*.1; do
        put 644 "$page" "share/man/man1/${page##*/}"
    done
    put 644 "$scratch/completion" share/bash-completion/completions/voiptui
    put 644 "$source_dir/src/main/sh/_voiptui" share/zsh/site-functions/_voiptui
    archive_classes

    put_service
    take_over_old_manifest
    # Added before copying, because the list includes itself.
    printf 'file %s\n' "$manifest" >> "$scratch/manifest"
    put 644 "$scratch/manifest" "$manifest"
}

# Installs the native libraries that the build left next to the jar. There are none for some platforms.
put_natives() {
    for native in "$(dirname "$jar")"/natives/*; do
        if [ ! -f "$native" ]; then
            warn "no native libraries next to $jar: voiptui will use a codec and devices in Java: more delay, worse sound"
            return
        fi
        put 644 "$native" "lib/voiptui/natives/${native##*/}"
    done
}

# Installs the library for relays that work together, which the build left next to the jar.
put_cluster() {
    for library in "$(dirname "$jar")"/cluster/*.jar; do
        if [ ! -f "$library" ]; then
            warn "no cluster library next to $jar: voiptui relay --cluster will not work"
            return
        fi
        put 644 "$library" "lib/voiptui/cluster/${library##*/}"
    done
}

# Installs the unit of the relay, if that is wanted or was there before. Nothing is enabled or started.
put_service() {
    if [ "$task" = service ] || grep -qxF "file $unit" "$prefix/$manifest" 2> /dev/null; then
        sed "s|@PREFIX@|$prefix|g" "$source_dir/src/main/ops/voiptui-relay.service" > "$scratch/unit"
        put 644 "$scratch/unit" "$unit"
    fi
}

# Creates the class data archive, which makes voiptui start faster. The launcher works without it, too.
archive_classes() {
    if ! (cd "$scratch" && dump_classes) > "$scratch/log" 2>&1; then
        warn "voiptui will start more slowly: $java cannot create a class data archive"
        return
    fi
    # In a subshell, so that a failure to write a file ends only that.
    (put 644 "$scratch/classes.jsa" lib/voiptui/classes.jsa && put 644 "$scratch/classes.for" lib/voiptui/classes.for) ||
        warn "voiptui will start more slowly"
}

# Creates two files in the current directory: classes.jsa, by running the launcher, so that options and path of the jar
# match those of later runs; and classes.for, which tells the launcher whether the archive fits (see archive_fits
# there). The names of the classes are stored uncompressed in the jar.
dump_classes() {
    { list_used_classes || cat "$java_home/lib/classlist"; } > classlist &&
        LC_ALL=C grep -a -o '[A-Za-z0-9_$/]*\.class' "$prefix/lib/voiptui/voiptui.jar" | sed 's/\.class$//' | sort -u |
            grep -E "$archived" | grep -v -E "$not_archived" >> classlist &&
        VOIPTUI_JAVA=$java VOIPTUI_JAVA_OPTS="-Xshare:dump -XX:SharedClassListFile=classlist \
            -XX:SharedArchiveFile=classes.jsa" "$prefix/bin/voiptui" --version &&
        cat "$java_home/release" > classes.for && wc -c < classes.jsa >> classes.for
}

# Prints the classes that a call with a full screen loads until it knows that the relay does not answer, among them many of Java's
# own, and the lambdas. Fails where no terminal can be had for it.
list_used_classes() {
    command -v script > /dev/null || return 1
    cat > call << END
cd '$scratch' && mkdir -p home && TERM=xterm-256color LC_ALL=C.UTF-8 HOME='$scratch/home' \
    XDG_CONFIG_HOME='$scratch/home' XDG_STATE_HOME='$scratch/home' VOIPTUI_JAVA='$java' \
    VOIPTUI_JAVA_OPTS='-XX:DumpLoadedClassList=used' '$prefix/bin/voiptui' call nobody --server 127.0.0.1:1 --name somebody \
    --accept-new --no-history --mic tone --speaker null
END
    end_call | script -q -f -c 'sh call' screen > /dev/null 2>&1 &&
        grep -q '^voiptui/tui/call/CallView' used &&
        # A lambda in the archive links what it uses, and the old class files of picocli can only be archived before that.
        grep -v '^@lambda.*picocli' used
}

# Types what ends the call of list_used_classes once its screen is painted and the relay has not answered, or after ten seconds.
end_call() {
    looks=0
    until [ "$looks" = 100 ] || [ -s screen ] && [ "$(wc -c < screen)" -gt 1000 ]; do
        sleep 0.1
        looks=$((looks + 1))
    done
    sleep 1
    printf q
    sleep 0.3
    printf '\003'
    sleep 0.2
}

# put MODE FILE PATH: installs FILE as PATH below the prefix.
put() {
    make_directory "$prefix/${3%/*}"
    if ! { cp "$2" "$prefix/$3.new" && chmod "$1" "$prefix/$3.new" && mv -f "$prefix/$3.new" "$prefix/$3"; }; then
        rm -f "$prefix/$3.new"
        fail "cannot write $prefix/$3"
    fi
    printf 'file %s\n' "$3" >> "$scratch/manifest"
}

# Creates the directory $1 and its parents, and records each one that did not exist: below the prefix as a relative
# path, otherwise as an absolute one.
make_directory() {
    [ ! -d "$1" ] || return 0
    make_directory "$(dirname "$1")"
    mkdir "$1" || fail "cannot create the directory $1"
    printf 'dir %s\n' "${1#"$prefix"/}" >> "$scratch/manifest"
}

# Keeps the directories of an earlier installation in the list, and removes its files that this version no longer has.
take_over_old_manifest() {
    [ -f "$prefix/$manifest" ] || return 0
    while read -r kind path; do
        if ! grep -qxF "$kind $path" "$scratch/manifest"; then
            case $kind in
                dir) printf 'dir %s\n' "$path" >> "$scratch/manifest" ;;
                file) [ "$path" = "$manifest" ] || rm -f "$prefix/$path" ;;
            esac
        fi
    done < "$prefix/$manifest"
}

report() {
    say "Installed: ${version%%,*} in $prefix, using $java"
    case :$PATH: in
        *:"$prefix/bin":*) say "Start:     voiptui demo; voiptui --help; man voiptui" ;;
        *)
            say "Start:     \"$prefix/bin/voiptui\" demo"
            say "On PATH:   add to ~/.profile:  export PATH=\"$prefix/bin:\$PATH\"" ;;
    esac
}

uninstall() {
    [ -f "$prefix/$manifest" ] || fail "voiptui is not installed in $prefix (installed elsewhere? use --prefix DIR)"
    cp "$prefix/$manifest" "$scratch/manifest"
    sed -n 's/^file //p' "$scratch/manifest" | while IFS= read -r path; do
        rm -f "$prefix/$path" || fail "cannot remove $prefix/$path"
    done
    # Deepest first: relative paths sort after absolute ones, and longer ones after their parents.
    sed -n 's/^dir //p' "$scratch/manifest" | LC_ALL=C sort -r | while IFS= read -r path; do
        case $path in
            /*) ;;
            *) path=$prefix/$path ;;
        esac
        rmdir "$path" 2> /dev/null || :
    done
    say "Removed:   voiptui from $prefix"
}

# --- tasks ----------------------------------------------------------------------------------------------------------

install_task() {
    purpose='for audio through PulseAudio or PipeWire, and for echo cancelling'
    if [ -n "$jar" ]; then
        provide java 'alsa-pulse desktop-libs'
        find_java java
    else
        provide 'jdk mvn' 'alsa-pulse desktop-libs'
        find_java javac
        check_maven
        build
    fi
    install_all
    report
}

service_task() {
    is_root || fail "--service has to be run as root"
    case $prefix in
        /usr | /usr/local) ;;
        *) misused "--service requires the prefix /usr/local or /usr, where systemd finds the unit" ;;
    esac
    install_task
    say "Service:   $prefix/$unit, not enabled yet; options go into /etc/voiptui/config.toml"
    say "Start it:  systemctl daemon-reload && systemctl enable --now voiptui-relay"
    say "See it:    systemctl status voiptui-relay; journalctl -u voiptui-relay"
    say "Operate:   voiptui relay names --state-dir /var/lib/voiptui-relay"
}

test_task() {
    purpose='for tests that are skipped otherwise'
    provide 'jdk mvn' "$test_needs"
    find_java javac
    check_maven
    status=0
    JAVA_HOME=$java_home mvn -B -ntp -f "$source_dir/pom.xml" verify || status=$?
    report_skipped
    exit "$status"
}

# Says which tests were skipped and why: a line for each reason, with the number of tests.
report_skipped() {
    # The report has the reason as an attribute or on the first line of the stack trace.
    sed -n -e 's/.*<skipped message="\([^"]*\)".*/\1/p' -e 's/.*<skipped .*TestAbortedException: \(.*\)$/\1/p' \
        "$source_dir"/target/*-reports/TEST-*.xml 2> /dev/null |
        sed -e 's/^Assumption failed: //' -e 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' |
        sort | uniq -c > "$scratch/skipped"
    if [ -s "$scratch/skipped" ]; then
        say "Skipped tests, by reason:"
        cat "$scratch/skipped"
    else
        say "No test was skipped."
    fi
}

main() {
    read_options "$@"
    prepare
    export DEBIAN_FRONTEND=noninteractive
    case $task in
        install) install_task ;;
        service) service_task ;;
        demo) install_task; "$prefix/bin/voiptui" demo ;;
        test) test_task ;;
        uninstall) uninstall ;;
    esac
}

main "$@"
