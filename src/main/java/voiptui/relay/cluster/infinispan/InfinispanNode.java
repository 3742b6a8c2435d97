package voiptui.relay.cluster.infinispan;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.fork.ForkChannel;
import org.jspecify.annotations.Nullable;
import voiptui.relay.cluster.node.ClusterNode;
import voiptui.relay.cluster.node.SharedValue;

/**
 * A node on Infinispan. Any thread.
 *
 * <p>What goes out, in this order, is sent on the thread {@code relay-cluster-send}: JGroups lets senders wait while another node takes
 * nothing, until that is taken to be gone.
 */
final class InfinispanNode implements ClusterNode {

    /** The most messages and changes that wait. More are lost, as if the other nodes were gone; entries are compared later. */
    private static final int MAX_WAITING = 65_536;

    private static final long LAST_MS = 500;

    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> new Thread(task, "relay-cluster-send"),
            new ThreadPoolExecutor.DiscardPolicy());
    private final DefaultCacheManager manager;
    private final ForkChannel messages;
    private final Cache<String, String> directory;
    private final ClusterNode.Listener listener;
    /** By the name that the relay is told. */
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();
    /** The last view that was told; null: none. */
    private @Nullable ViewId latest;

    InfinispanNode(
            DefaultCacheManager manager,
            ForkChannel messages,
            Cache<String, String> directory,
            ClusterNode.Listener listener) {
        this.manager = manager;
        this.messages = messages;
        this.directory = directory;
        this.listener = listener;
    }

    /** Begins to tell the listener. */
    void connect() throws Exception {
        directory.addListener(new Entries());
        messages.setReceiver(new Messages());
        messages.connect("");
        onView(messages.getView());
    }

    /** Tells of a view, unless a later one has overtaken it: {@link #connect} and JGroups' threads may come at the same time. */
    private synchronized void onView(View view) {
        if (latest != null && view.getViewId().compareToIDs(latest) < 0) {
            return;
        }
        latest = view.getViewId();
        Map<String, Address> others = new HashMap<>();
        for (Address member : view.getMembers()) {
            if (!member.equals(messages.getAddress())) {
                others.put(nameOf(member), member);
            }
        }
        addresses.putAll(others);
        addresses.keySet().retainAll(others.keySet());
        listener.onView(List.copyOf(others.keySet()));
    }

    private static String nameOf(Address node) {
        return node instanceof org.jgroups.util.UUID id ? id.toStringLong() : String.valueOf(node);
    }

    private final class Messages implements Receiver {

        @Override
        public void viewAccepted(View view) {
            onView(view);
        }

        @Override
        public void receive(Message message) {
            if (message.getLength() > MAX_MESSAGE_BYTES || !message.hasArray()) {
                return;
            }
            byte[] bytes = new byte[message.getLength()];
            System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
            listener.onMessage(nameOf(message.getSrc()), bytes);
        }
    }

    /** Infinispan calls its methods by reflection. */
    @org.infinispan.notifications.Listener
    public final class Entries {

        /** An entry was set. */
        @CacheEntryCreated
        @CacheEntryModified
        public void onSet(CacheEntryEvent<String, String> event) {
            if (!event.isPre()) {
                listener.onEntry(event.getKey(), event.getValue());
            }
        }

        /** An entry was removed. */
        @CacheEntryRemoved
        public void onRemoved(CacheEntryEvent<String, String> event) {
            if (!event.isPre()) {
                listener.onEntry(event.getKey(), null);
            }
        }
    }

    @Override
    public void send(String node, byte[] message) {
        Address to = addresses.get(node);
        if (to == null) {
            return;
        }
        later(() -> {
            try {
                messages.send(to, message);
            } catch (Exception gone) {
                // A new view follows.
            }
        });
    }

    private void later(Runnable task) {
        sender.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException closing) {
                // Nobody is told any more.
            }
        });
    }

    @Override
    public void put(String key, String value) {
        later(() -> directory.putAsync(key, value));
    }

    @Override
    public void putFirst(String key, String value) {
        later(() -> directory.putIfAbsentAsync(key, value).thenAccept(present -> {
            if (present != null
                    && !present.equals(value)
                    && SharedValue.first(present, value).equals(value)) {
                directory.replaceAsync(key, present, value).thenAccept(replaced -> {
                    if (!replaced) {
                        putFirst(key, value);
                    }
                });
            }
        }));
    }

    @Override
    public void remove(Collection<String> keys) {
        later(() -> keys.forEach(directory::removeAsync));
    }

    @Override
    public Map<String, String> entries() {
        return new HashMap<>(directory);
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            sender.awaitTermination(LAST_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        sender.shutdownNow();
        messages.close();
        manager.stop();
    }
}
