package voiptui.relay.cluster.node;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the library that connects relays, from the folder {@code cluster} beside the program's jar. It is not on the class path: without a
 * cluster, nothing of it is read. Stateless; any thread.
 */
public final class ClusterLibrary {

    private static final String BRIDGE = "voiptui.relay.cluster.infinispan.";
    private static final String FOLDER = "cluster";

    private ClusterLibrary() {}

    /**
     * Returns what starts nodes.
     *
     * @throws IOException if the library is not installed; the message is for the operator
     */
    public static ClusterNode.Factory load() throws IOException {
        ClassLoader own = ClusterLibrary.class.getClassLoader();
        ClassLoader loader =
                own.getResource("org/infinispan/Cache.class") != null ? own : new BridgeLoader(jars(), own);
        try {
            return (ClusterNode.Factory) Class.forName(BRIDGE + "InfinispanFactory", true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError incomplete) {
            throw new IOException("the cluster library cannot be used: " + incomplete, incomplete);
        }
    }

    private static URL[] jars() throws IOException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "the cluster library is missing: there is no " + folder + "; install again with install.sh");
        }
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(file.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static Path folder() throws IOException {
        try {
            Path program = new File(ClusterLibrary.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toPath();
            return program.resolveSibling(FOLDER);
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
    }

    /** Defines the classes between the relay and the library itself, because the program's loader does not see the library. */
    private static final class BridgeLoader extends URLClassLoader {

        BridgeLoader(URL[] jars, ClassLoader program) {
            super(FOLDER, jars, program);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(BRIDGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
