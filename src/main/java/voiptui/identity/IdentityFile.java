package voiptui.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.files.PrivateFiles;

/**
 * Reads and writes an identity as PEM (RFC 7468): the private key as PKCS #8 (RFC 5958), then the certificate; for a relay,
 * statements of its former identities follow, as {@link RelayStatement#text}. Stateless; any thread, any number of processes.
 */
final class IdentityFile {

    /** Ten times the size of an identity; a larger file is something else. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final String KEY_LABEL = "PRIVATE KEY";
    private static final String CERTIFICATE_LABEL = "CERTIFICATE";
    private static final String SUCCESSION_LABEL = "VOIPTUI SUCCESSION";
    private static final int LINE_LETTERS = 64;

    /** The file does not contain an identity; the message says so and names the file. */
    private static final class InvalidIdentity extends IOException {
        private static final long serialVersionUID = 1L;

        InvalidIdentity(String message) {
            super(message);
        }
    }

    private IdentityFile() {}

    static Identity loadOrCreate(Path file, Consumer<String> warn) throws IOException {
        createIfMissing(file);
        return parse(file, read(file, warn));
    }

    static RelayIdentity loadOrCreateOfRelay(Path file, Consumer<String> warn) throws IOException {
        createIfMissing(file);
        return loadOfRelay(file, warn);
    }

    static RelayIdentity loadOfRelay(Path file, Consumer<String> warn) throws IOException {
        String pem = read(file, warn);
        return new RelayIdentity(parse(file, pem), statements(file, pem));
    }

    private static void createIfMissing(Path file) throws IOException {
        if (!isThere(file)) {
            try {
                create(file);
            } catch (IOException unwritable) {
                throw FileProblem.of("create", file, unwritable);
            }
        }
    }

    private static List<RelayStatement> statements(Path file, String pem) throws IOException {
        List<RelayStatement> statements = new ArrayList<>();
        Matcher block = blocks(pem, SUCCESSION_LABEL);
        while (block.find() && statements.size() < RelayStatement.MAX_STATEMENTS) {
            try {
                String text = new String(contents(block), StandardCharsets.US_ASCII);
                statements.add(RelayStatement.parse(RelayStatement.Kind.SUCCESSOR, text)
                        .orElseThrow(() -> new IOException(noIdentity(file))));
            } catch (IllegalArgumentException damaged) {
                throw new IOException(noIdentity(file), damaged);
            }
        }
        return statements;
    }

    static void writeNew(Path file, RelayIdentity identity) throws IOException {
        try {
            PrivateFiles.createFolderOf(file);
            try (FileChannel channel =
                    PrivateFiles.open(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                write(channel, pem(identity));
            }
        } catch (FileAlreadyExistsException there) {
            throw new IOException(file + " exists already: choose another file, or move it away");
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
    }

    static void replace(Path file, RelayIdentity identity) throws IOException {
        try {
            Path folder = PrivateFiles.createFolderOf(file);
            Path draft = PrivateFiles.createTemporary(folder, "." + file.getFileName() + "-");
            try {
                write(draft, pem(identity));
                giveToOwnerOf(Files.exists(file) ? file : folder, draft);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
    }

    /** Lets the user that a relay runs as read what root has written for it. */
    private static void giveToOwnerOf(Path other, Path draft) throws IOException {
        UserPrincipal owner = Files.getOwner(other);
        if (!owner.equals(Files.getOwner(draft))) {
            Files.setOwner(draft, owner);
        }
    }

    private static String pem(RelayIdentity identity) throws IOException {
        StringBuilder pem = new StringBuilder(pem(identity.identity()));
        identity.predecessors()
                .forEach(statement ->
                        pem.append(encoded(SUCCESSION_LABEL, statement.text().getBytes(StandardCharsets.US_ASCII))));
        return pem.toString();
    }

    private static boolean isThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException notYet) {
            return false;
        } catch (IOException unreadable) {
            throw FileProblem.of("read", file, unreadable);
        }
    }

    private static String read(Path file, Consumer<String> warn) throws IOException {
        FileAccess access;
        String pem;
        try {
            access = FileAccess.of(file);
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw new InvalidIdentity(noIdentity(file));
            }
            pem = access == FileAccess.OTHERS ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (InvalidIdentity invalid) {
            throw invalid;
        } catch (IOException unreadable) {
            throw FileProblem.of("read", file, unreadable);
        }
        if (access == FileAccess.OTHERS) {
            throw new IOException(file + " contains a private key and others can read it: run chmod 600 " + file);
        }
        if (access == FileAccess.OWN_GROUP) {
            warn.accept(file + " contains a private key and its group can read it: run chmod 600 " + file
                    + " unless the platform requires that");
        }
        return pem;
    }

    private static Identity parse(Path file, String pem) throws IOException {
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(block(pem, KEY_LABEL)));
            X509Certificate certificate = P256Certificates.certificate(block(pem, CERTIFICATE_LABEL));
            // The first handshake shows whether key and certificate match; checking here would slow down every start.
            if (P256Certificates.hasKeyOnP256(certificate)) {
                return new Identity(key, certificate);
            }
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw new IOException(noIdentity(file), damaged);
        }
        throw new IOException(noIdentity(file));
    }

    private static String noIdentity(Path file) {
        return file
                + " does not contain an identity: restore it from a backup, or move it away to create a new identity";
    }

    /** Returns the contents of the first PEM block with a label. */
    private static byte[] block(String pem, String label) {
        Matcher block = blocks(pem, label);
        if (!block.find()) {
            throw new IllegalArgumentException("no " + label);
        }
        return contents(block);
    }

    private static Matcher blocks(String pem, String label) {
        return Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*+)-----END " + label + "-----")
                .matcher(pem);
    }

    private static byte[] contents(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(1));
    }

    /**
     * Writes a new identity to a temporary file, and links it to its real name when it is complete on disk. Linking is
     * atomic, and fails if another process was faster.
     */
    private static void create(Path file) throws IOException {
        Path folder = PrivateFiles.createFolderOf(file);
        Path draft = PrivateFiles.createTemporary(folder, "." + file.getFileName() + "-");
        try {
            write(draft, pem(CertificateMaker.make()));
            publish(draft, file);
        } catch (FileAlreadyExistsException quicker) {
            // Another process was faster: its identity is used.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException quicker) {
            throw quicker;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // A file system without links: two processes at the same time are unlikely enough.
            Files.move(draft, file);
        }
    }

    private static String pem(Identity identity) throws IOException {
        try {
            return encoded(KEY_LABEL, identity.key().getEncoded())
                    + encoded(CERTIFICATE_LABEL, identity.certificate().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static String encoded(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE_LETTERS, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(channel, text);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
