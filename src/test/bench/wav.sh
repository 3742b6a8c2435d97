#!/bin/sh
# Has sox, ffmpeg and libsndfile (sndfile-convert) write WAV files of every format they have, and reads them.
# Usage: wav.sh; prints how many of each format were read right, and what was wrong. Programs that are missing are left out.
set -eu
base=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rates='8000 11025 16000 22050 32000 44100 48000 88200 96000 176400 192000'
channels='1 2 3 4 5 6 7 8 12 16 20'

has() { command -v "$1" > /dev/null; }
try() { # FILE COMMAND...: drops the file of a format that the program cannot write
    file=$1
    shift
    "$@" > /dev/null 2>&1 || rm -f "$file"
}
with_sox() { # NAME OPTION...
    name=$1
    shift
    try "$out/sox_$name.wav" sox "$reference" "$@" "$out/sox_$name.wav"
}
with_ffmpeg() {
    name=$1
    shift
    try "$out/ffmpeg_$name.wav" ffmpeg -v error -y -i "$reference" "$@" -f wav "$out/ffmpeg_$name.wav"
}
with_sndfile() { # NAME SUFFIX OPTION...
    name=$1 suffix=$2
    shift 2
    try "$out/sndfile_$name.wav" sndfile-convert "$@" "$reference" "$folder/converted.$suffix"
    [ ! -e "$folder/converted.$suffix" ] || mv "$folder/converted.$suffix" "$out/sndfile_$name.wav"
}

out=$folder/out
mkdir "$out"
reference=$folder/reference.wav
for rate in $rates; do
    for count in $channels; do
        # Every rate in mono and stereo, every number of channels at 8 and 48 kHz.
        case $rate-$count in *-1 | *-2 | 8000-* | 48000-*) ;; *) continue ;; esac
        sox -D -n -r "$rate" -c "$count" -b 32 -e floating-point "$reference" synth 0.5 sine 1000 vol 0.5 2> /dev/null
        for order in '' -B; do
            end=${rate}_$count${order:+_rifx}
            with_sox "u8_$end" -D $order -b 8 -e unsigned-integer
            for bits in 16 24 32; do with_sox "s${bits}_$end" -D $order -b $bits -e signed-integer; done
            for bits in 32 64; do with_sox "f${bits}_$end" $order -b $bits -e floating-point; done
            with_sox "alaw_$end" $order -e a-law
            with_sox "mulaw_$end" $order -e u-law
        done
        end=${rate}_$count
        with_sox "ima-adpcm_$end" -e ima-adpcm
        with_sox "ms-adpcm_$end" -e ms-adpcm
        with_sox "refused-gsm_$end" -e gsm-full-rate
        sox -D "$reference" -t wav -b 16 -e signed-integer - 2> /dev/null | cat > "$out/sox_s16_${end}_pipe.wav"
        if has ffmpeg; then
            for codec in u8 s16le s24le s32le s64le f32le f64le alaw mulaw; do
                with_ffmpeg "${codec%le}_$end" -c:a pcm_$codec
                with_ffmpeg "${codec%le}_${end}_rf64" -c:a pcm_$codec -rf64 always -write_bext 1 -metadata description=x
            done
            with_ffmpeg "ima-adpcm_$end" -c:a adpcm_ima_wav
            with_ffmpeg "ms-adpcm_$end" -c:a adpcm_ms
            for codec in mp2 libmp3lame ac3 flac g722 adpcm_yamaha g726; do
                with_ffmpeg "refused-${codec}_$end" -c:a $codec
            done
            ffmpeg -v error -i "$reference" -c:a pcm_s16le -f wav - 2> /dev/null | cat > "$out/ffmpeg_s16_${end}_pipe.wav"
        fi
        if has sndfile-convert; then
            for suffix in wav rf64; do
                for format in u8:-pcmu8 s16:-pcm16 s24:-pcm24 s32:-pcm32 f32:-float32 f64:-float64 alaw:-alaw \
                    mulaw:-ulaw ima-adpcm:-ima-adpcm ms-adpcm:-ms-adpcm refused-gsm:-gsm610; do
                    with_sndfile "${format%%:*}_${end}_$suffix" $suffix "${format#*:}"
                done
            done
            for format in s16:-pcm16 s24:-pcm24 s32:-pcm32 f32:-float32 f64:-float64; do
                with_sndfile "${format%%:*}_${end}_rifx" wav -endian=big "${format#*:}"
            done
        fi
    done
done
find "$out" -empty -delete
echo "$(find "$out" -type f | wc -l) files"
cd "$base"
[ -d target/test-classes/voiptui/audio/wav ] || mvn -B -q -ntp test-compile
java -cp target/test-classes:target/classes voiptui.audio.wav.WavMatrix "$out"
