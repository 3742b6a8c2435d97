#!/bin/sh
# Follows README.md as somebody would who has never seen voiptui: installs a fresh clone, starts a relay and two phones, makes a
# call, changes a device, and looks at the history. Each person has a home and a terminal (tmux) of their own; screens are what
# is judged. Prints the seconds that each step took; exit status 1 if one fails, or if all of them take more than five minutes.
# Needs tmux, git, and the default ports of this machine, or root (then the network is one of its own); with PulseAudio installed,
# there are virtual sound cards. Maven's downloads are shared with the real home.
# Usage: src/test/bench/first-use.sh [OPTION OF install.sh]...
set -eu
cd "$(dirname "$0")/../../.."
limit=300
scratch=$(mktemp -d)
repository=${HOME}/.m2/repository
sound=
began=$(date +%s%N)
step_began=$began
step=start

end() {
    tmux -S "$scratch/tmux" kill-server 2> /dev/null || :
    [ -z "$sound" ] || kill "$sound" 2> /dev/null || :
    wait
    # Programs that end with their terminal may still write.
    rm -rf "$scratch" 2> /dev/null || { sleep 3; rm -rf "$scratch"; }
}
trap end EXIT
trap 'exit 1' INT TERM

terminal() {
    LC_ALL=C.UTF-8 tmux -S "$scratch/tmux" -f /dev/null "$@"
}

screen() {
    terminal capture-pane -p -t "$1"
}

fail() {
    printf 'FAILED   %s: %s\n' "$step" "$*" >&2
    for person in relay cleo dora; do
        printf '%s sees:\n' "$person" >&2
        screen "$person" >&2 2> /dev/null || :
    done
    exit 1
}

# seconds SINCE
seconds() {
    awk -v ns="$(($(date +%s%N) - $1))" 'BEGIN { printf "%.1f", ns / 1e9 }'
}

done_with() {
    printf '%6s s  %s\n' "$(seconds "$step_began")" "$step"
}

begin() {
    step=$*
    step_began=$(date +%s%N)
}

# readme WORDS: what is typed has to be in README.md.
readme() {
    grep -qF -- "$1" README.md || fail "README.md does not say '$1'"
}

# await PERSON SECONDS PATTERN: until the screen shows it.
await() {
    deadline=$(($(date +%s) + $2))
    until screen "$1" | grep -q -- "$3"; do
        [ "$(date +%s)" -lt "$deadline" ] || fail "$1 does not see '$3' within $2 s"
        sleep 0.1
    done
}

# types PERSON LINE
types() {
    terminal send-keys -t "$1" -l "$2"
    terminal send-keys -t "$1" Enter
}

presses() {
    person=$1
    shift
    terminal send-keys -t "$person" "$@"
}

# Opens a terminal for a person with an empty home.
window() {
    mkdir -p "$scratch/home/$1"
    terminal new-session -d -s "$1" -x 80 -y 24 env -i \
        HOME="$scratch/home/$1" USER="$1" TERM=screen-256color LC_ALL=C.UTF-8 PS1='$ ' ENV='' \
        PATH="$scratch/installed/bin:$PATH" ${java:+JAVA_HOME="$java"} ${runtime:+XDG_RUNTIME_DIR="$runtime"} sh
    terminal set-option -t "$1" status off > /dev/null
}

java=${JAVA_HOME-}
runtime=

begin "install a fresh clone (./install.sh --prefix)"
readme './install.sh'
readme '--prefix DIR'
git clone -q . "$scratch/clone"
cd "$scratch/clone"
mkdir -p "$scratch/home/installer"
HOME="$scratch/home/installer" MAVEN_OPTS="-Dmaven.repo.local=$repository ${MAVEN_OPTS-}" \
    ./install.sh --prefix "$scratch/installed" "$@" > "$scratch/install.log" 2>&1 || fail "$(tail -n 5 "$scratch/install.log")"
[ -x "$scratch/installed/bin/voiptui" ] || fail "no voiptui in $scratch/installed/bin"
done_with

if command -v pulseaudio > /dev/null && command -v pactl > /dev/null; then
    begin "virtual sound cards (not the user's work)"
    runtime=$scratch/runtime
    mkdir -m 700 "$runtime"
    {
        echo "load-module module-native-protocol-unix auth-anonymous=1"
        for card in desk headset; do
            echo "load-module module-null-sink sink_name=$card rate=48000 channels=1" \
                "sink_properties=device.description=$card"
            echo "load-module module-remap-source master=$card.monitor source_name=$card-mic" \
                "source_properties=device.description=$card-microphone"
        done
    } > "$scratch/sound.pa"
    XDG_RUNTIME_DIR=$runtime HOME=$scratch/home/installer pulseaudio -n -F "$scratch/sound.pa" --daemonize=no \
        --exit-idle-time=-1 --use-pid-file=no --disable-shm=yes > "$scratch/sound.log" 2>&1 &
    sound=$!
    deadline=$(($(date +%s) + 20))
    until XDG_RUNTIME_DIR=$runtime pactl info > /dev/null 2>&1; do
        [ "$(date +%s)" -lt "$deadline" ] || fail "$(tail -n 3 "$scratch/sound.log")"
        sleep 0.1
    done
    done_with
fi

# With a network of its own, the default ports are free.
if [ "$(id -u)" -eq 0 ] && unshare -n true 2> /dev/null; then
    LC_ALL=C.UTF-8 unshare -n sh -c "ip link set lo up && tmux -S '$scratch/tmux' -f /dev/null new-session -d -s network sleep 900"
fi

begin "start the relay"
readme 'voiptui relay'
window relay
types relay 'voiptui relay'
await relay 20 'fingerprint=SHA256:'
fingerprint=$(terminal capture-pane -p -J -t relay | sed -n 's/.*fingerprint=\(SHA256:[A-Za-z0-9+/]*\).*/\1/p' | head -n 1)
done_with

for person in cleo dora; do
    begin "$person's phone (voiptui phone), with the fingerprint compared"
    readme 'voiptui phone --server relay.example --name cleo'
    readme 'Do you trust it? (yes/no)'
    window "$person"
    types "$person" "voiptui phone --server 127.0.0.1 --name $person"
    await "$person" 20 'Do you trust it'
    terminal capture-pane -p -J -t "$person" | grep -qF "$fingerprint" || fail "not the fingerprint that the relay prints"
    types "$person" yes
    await "$person" 20 "signed in"
    done_with
done

begin "dora calls cleo from her phone's screen, and cleo answers"
readme "select somebody with the arrow keys and press \`Enter\`"
await dora 20 'cleo  *. online'
presses dora Enter
await dora 20 'ringing'
await cleo 10 'dora'
await cleo 10 '[Aa]nswer'
presses cleo a
await dora 15 'in call with cleo'
await cleo 15 'in call with dora'
done_with

begin "the verdict about the call"
await dora 30 'you hear cleo.* \(GOOD\|FAIR\|POOR\|BAD\) '
done_with

begin "another device (d)"
readme "\`d\` selects another microphone or speaker"
presses dora d
await dora 10 'default'
[ -z "$sound" ] || await dora 10 headset
presses dora Tab Down Enter
[ -z "$sound" ] || await dora 10 'speaker in use: desk'
presses dora Escape
await dora 10 'q hang up'
done_with

begin "hang up (q), and the history (voiptui history)"
readme "\`q\` quits"
readme 'voiptui history'
presses dora q
await dora 10 'Hang up?'
presses dora q
await dora 10 'you hung up'
presses dora q
await dora 10 '^\$ *$'
types dora 'clear; voiptui history'
await dora 10 '  to  cleo  answered'
done_with

total=$(seconds "$began")
printf '%6s s  in all (limit %s s)\n' "$total" "$limit"
awk -v s="$total" -v limit="$limit" 'BEGIN { exit s > limit }'
