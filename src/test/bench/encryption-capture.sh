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

# count FILE FILTER: how many datagrams it accepts
count() {
    tshark -r "$folder/$1.pcap" -d udp.port==5004,rtp -Y "$2" 2>/dev/null | wc -l
}

failed=0
# check TEXT COUNT COMPARISON NUMBER
check() {
    printf '%-60s %s\n' "$1" "$2"
    [ "$2" "$3" "$4" ] || { echo "  must be $3 $4"; failed=1; }
}

all=$(count encrypted frame)
hellos=$(count encrypted 'dtls.handshake.extensions.use_srtp')
dtls=$(count encrypted dtls)
srtp=$(count encrypted 'rtp && !dtls')
srtcp=$(count encrypted 'rtcp && !dtls')
check "hellos with use_srtp" "$hellos" -ge 2
check "profiles AEAD_AES_256_GCM or AEAD_AES_128_GCM" \
    "$(count encrypted 'dtls.use_srtp.protection_profile == 8 || dtls.use_srtp.protection_profile == 7')" -ge 2
check "DTLS" "$dtls" -ge 6
check "SRTP" "$srtp" -ge 400
check "SRTCP" "$srtcp" -ge 5
check "something else" "$((all - dtls - srtp - srtcp))" -eq 0
check "malformed, of DTLS and SRTP" "$(count encrypted '_ws.malformed && !rtcp')" -eq 0
check "decrypted: Opus" "$(count decrypted 'rtp.p_type == 111')" -ge 400
check "decrypted: reports" "$(count decrypted 'rtcp.pt == 200 || rtcp.pt == 201')" -ge 5
check "decrypted: malformed, or worth a warning" "$(count decrypted '_ws.malformed || _ws.expert.severity >= warning')" -eq 0
exit $failed
