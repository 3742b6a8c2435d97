package voiptui.bench.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.net.IpText;

/** rtpengine, told about calls by its NG protocol: a cookie and a bencoded dictionary in a datagram. */
final class RtpengineServer implements Server {

    private static final Pattern MEDIA_PORT = Pattern.compile("m=audio (\\d+) ");
    private static final int ANSWER_MS = 5_000;

    private final DatagramChannel control;
    private final InetSocketAddress server;
    private int requests;

    /**
     * Creates a client.
     *
     * @param server where rtpengine listens for the NG protocol, and with the same address for media
     */
    RtpengineServer(InetSocketAddress server) throws IOException {
        this.server = server;
        control = DatagramChannel.open().connect(server);
    }

    @Override
    public void setUp(Call call) throws IOException {
        String id = "call-" + call.caller.address().getPort();
        TreeMap<String, String> offer = new TreeMap<>();
        offer.put("command", "offer");
        offer.put("call-id", id);
        offer.put("from-tag", "caller");
        offer.put("sdp", sdp(call.caller));
        call.callee.connect(mediaPort(offer));

        TreeMap<String, String> answer = new TreeMap<>(offer);
        answer.put("command", "answer");
        answer.put("to-tag", "callee");
        answer.put("sdp", sdp(call.callee));
        call.caller.connect(mediaPort(answer));
    }

    private InetSocketAddress mediaPort(TreeMap<String, String> request) throws IOException {
        StringBuilder text = new StringBuilder().append(++requests).append(" d");
        request.forEach((key, value) -> text.append(bencoded(key)).append(bencoded(value)));
        control.write(ByteBuffer.wrap(text.append('e').toString().getBytes(StandardCharsets.US_ASCII)));
        String answer =
                StandardCharsets.UTF_8.decode(Answers.next(control, ANSWER_MS)).toString();
        Matcher port = MEDIA_PORT.matcher(answer);
        if (!port.find()) {
            throw new IOException("rtpengine answered: " + answer);
        }
        return new InetSocketAddress(server.getAddress(), Integer.parseInt(port.group(1)));
    }

    private static String bencoded(String text) {
        return text.length() + ":" + text;
    }

    /** Returns a description of one end that takes PCMU, so that nothing is to be transcoded (RFC 4566). */
    private static String sdp(Call.End end) throws IOException {
        String ip = IpText.of(end.address().getAddress());
        return String.join(
                        "\r\n",
                        "v=0",
                        "o=- 1 1 IN IP4 " + ip,
                        "s=-",
                        "c=IN IP4 " + ip,
                        "t=0 0",
                        "m=audio " + end.address().getPort() + " RTP/AVP 0",
                        "a=rtpmap:0 PCMU/8000",
                        "a=sendrecv")
                + "\r\n";
    }
}
