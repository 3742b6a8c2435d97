package voiptui.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Reports the source address of a datagram, as a separate process, to check the test networks.
 *
 * <p>{@code serve ADDRESS PORT} answers each datagram with the address that it came from; {@code ask ADDRESS PORT MS}
 * asks once, and prints the answer, or {@code nothing}.
 */
public final class UdpEcho {

    private UdpEcho() {}

    /** Serves until it is killed, or asks. */
    public static void main(String[] args) throws IOException {
        InetAddress address = InetAddress.getByName(args[1]);
        int port = Integer.parseInt(args[2]);
        if (args[0].equals("serve")) {
            serve(new DatagramSocket(port, address));
        } else {
            System.out.println(ask(address, port, Integer.parseInt(args[3])));
        }
    }

    private static void serve(DatagramSocket socket) throws IOException {
        System.out.println("listening");
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            socket.receive(packet);
            byte[] sender = packet.getAddress().getHostAddress().getBytes(StandardCharsets.US_ASCII);
            packet.setData(sender);
            socket.send(packet);
        }
    }

    private static String ask(InetAddress address, int port, int timeoutMs) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(timeoutMs);
            socket.send(new DatagramPacket(new byte[1], 1, address, port));
            DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException lost) {
            return "nothing";
        } catch (IOException noWay) {
            return "no way";
        }
    }
}
