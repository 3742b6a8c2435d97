#!/bin/sh
# Records an encrypted call of ten seconds as its relay sees it, and has tshark say what it is: DTLS and SRTP, nothing malformed. Then
# the same of the call decrypted with its keys, which the test takes from the two phones' memory: RTP with Opus.
# Usage: src/test/bench/encryption-capture.sh     needs tshark
set -eu
cd "$(dirname "$0")/../../.."
[ -d target/test-classes/voiptui/bench ] || mvn -B -q -ntp test-compile
[ -s target/test-classpath ] || mvn -B -q -ntp dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
java -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/test-classpath)" voiptui.e2e.EncryptionCapture "$folder"

# count FILE FILTER [OPTION]...: how many datagrams it accepts
count() {
    file=$1
    filter=$2
    shift 2
    tshark -r "$folder/$file.pcap" "$@" -Y "$filter" 2>/dev/null | wc -l
}

failed=0
# check TEXT COUNT COMPARISON NUMBER
check() {
    printf '%-60s %s\n' "$1" "$2"
    [ "$2" "$3" "$4" ] || { echo "  must be $3 $4"; failed=1; }
}

# tshark is told nothing of the encrypted call: it recognizes DTLS, and from use_srtp in there, SRTP.
all=$(count encrypted frame)
dtls=$(count encrypted dtls)
srtp=$(count encrypted 'rtp && !dtls')
srtcp=$(count encrypted srtcp)
check "DTLS" "$dtls" -ge 6
check "hellos with AEAD_AES_256_GCM or AEAD_AES_128_GCM" \
    "$(count encrypted 'dtls.use_srtp.protection_profile == 8 || dtls.use_srtp.protection_profile == 7')" -ge 2
check "SRTP" "$srtp" -ge 400
check "SRTCP" "$srtcp" -ge 5
check "something else" "$((all - dtls - srtp - srtcp))" -eq 0
# Of SRTCP, tshark takes what is encrypted for further RTCP packets, some of which it then finds malformed.
check "malformed, except in SRTCP" "$(count encrypted '_ws.malformed && !srtcp')" -eq 0
opus=$(count decrypted 'rtp.p_type == 111' -d udp.port==5004,rtp)
check "decrypted: Opus" "$opus" -eq "$srtp"
check "decrypted: reports" "$(count decrypted 'rtcp.pt == 200 || rtcp.pt == 201' -d udp.port==5004,rtp)" -ge 5
check "decrypted: malformed, or worth a warning" \
    "$(count decrypted '_ws.malformed || _ws.expert.severity >= warning' -d udp.port==5004,rtp)" -eq 0
exit $failed
