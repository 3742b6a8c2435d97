package voiptui.call.classic;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import voiptui.net.TcpExchange;
import voiptui.protocol.classic.ClassicRequest;

/**
 * Sends requests to the relay, one after the other, on a thread that may block.
 *
 * <p>Replies are delivered on that thread. {@link #close} abandons a pending request.
 */
final class ControlClient implements AutoCloseable {

    private final TcpExchange relay;
    private final Consumer<ControlReply> onReply;
    private final BlockingQueue<ClassicRequest> requests = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "voiptui-control");

    ControlClient(TcpExchange relay, Consumer<ControlReply> onReply, Thread.UncaughtExceptionHandler onBug) {
        this.relay = relay;
        this.onReply = onReply;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /** Queues a request. Any thread. */
    void ask(ClassicRequest request) {
        requests.add(request);
    }

    private void run() {
        try {
            while (true) {
                ClassicRequest request = requests.take();
                onReply.accept(ControlReply.of(request, relay.ask(request.wire())));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread, at the latest when its current request times out; does not wait for it. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
