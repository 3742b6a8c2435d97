package voiptui.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An independent RTP and Opus endpoint: GStreamer, sending or receiving a WAV file. RTP as in {@code protocol.md},
 * section 5: Opus, mono, payload type 111, 20 ms a packet.
 *
 * <p>One thread at a time. Closing it ends its process.
 */
public final class GStreamer implements AutoCloseable {

    /** How many samples a second the received file has: those that a call with Opus has, too. */
    public static final int RATE_HZ = 48_000;

    private static final long START_MS = 60_000;
    private static final String CAPS = "application/x-rtp,media=(string)audio,clock-rate=(int)48000,"
            + "encoding-name=(string)OPUS,payload=(int)111";

    private final ToolProcess process;

    private GStreamer(ToolProcess process) {
        this.process = process;
        try {
            process.awaitSaid(START_MS, "Setting pipeline to PLAYING");
        } catch (AssertionError didNotStart) {
            process.close();
            throw didNotStart;
        }
    }

    /** Goes on only where it is installed, as {@link Programs#require} has it. */
    public static void require() {
        Programs.require("gst-launch-1.0", "gst-inspect-1.0");
    }

    /**
     * Receives at {@code at} and writes what it decodes to {@code wav}: mono, 16 bit, {@value #RATE_HZ} Hz. What is
     * lost is concealed. Takes RTP alone: RTCP in between would be counted as broken.
     *
     * @param wrapper what stands before the command, such as {@code ip netns exec HOST}; mostly nothing
     */
    public static GStreamer receive(InetSocketAddress at, Path wav, List<String> wrapper) throws IOException {
        return receive(at, wav, wrapper, "identity");
    }

    /** As {@link #receive}, also from redundant payloads (RFC 2198), payload type 112. */
    public static GStreamer receiveRedundant(InetSocketAddress at, Path wav) throws IOException {
        return receive(at, wav, List.of(), "rtpreddec pt=112");
    }

    private static GStreamer receive(InetSocketAddress at, Path wav, List<String> wrapper, String unpacking)
            throws IOException {
        require();
        List<String> pipeline = launch();
        pipeline.addAll(List.of(
                "udpsrc", "address=" + at.getAddress().getHostAddress(), "port=" + at.getPort(), "caps=" + CAPS));
        add(
                pipeline,
                unpacking,
                "rtpjitterbuffer latency=200 do-lost=true",
                "rtpopusdepay",
                "opusdec plc=true",
                "audioconvert",
                "audioresample",
                "audio/x-raw,format=S16LE,channels=1,rate=" + RATE_HZ,
                "wavenc");
        add(pipeline, "filesink location=" + wav);
        return new GStreamer(new ToolProcess(wrapper, pipeline));
    }

    /**
     * Sends {@code wav} in real time from {@code from} to {@code to}, and then ends.
     *
     * @param wrapper as in {@link #receive}
     */
    public static GStreamer send(Path wav, InetSocketAddress from, InetSocketAddress to, List<String> wrapper)
            throws IOException {
        require();
        List<String> pipeline = launch();
        pipeline.addAll(List.of("filesrc", "location=" + wav));
        add(
                pipeline,
                "wavparse",
                "audioconvert",
                "audioresample",
                "audio/x-raw,channels=1,rate=48000",
                "opusenc frame-size=20 bitrate=32000 audio-type=voice",
                "rtpopuspay pt=111",
                "udpsink host=" + to.getAddress().getHostAddress() + " port=" + to.getPort() + " bind-address="
                        + from.getAddress().getHostAddress() + " bind-port=" + from.getPort() + " sync=true");
        return new GStreamer(new ToolProcess(wrapper, pipeline));
    }

    private static List<String> launch() {
        return new ArrayList<>(List.of("gst-launch-1.0", "-e"));
    }

    private static void add(List<String> pipeline, String... elements) {
        for (String element : elements) {
            pipeline.add("!");
            if (element.startsWith("filesink location=")) {
                pipeline.addAll(List.of("filesink", element.substring("filesink ".length())));
            } else {
                pipeline.addAll(List.of(element.split(" ")));
            }
        }
    }

    /** Waits until all of the file was sent. */
    public void awaitSent(long timeoutMs) throws InterruptedException {
        process.awaitSuccess(timeoutMs);
    }

    /** Ends the receiving in good order: the file is whole then. */
    public void finish() throws IOException, InterruptedException {
        process.interrupt();
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
