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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.files.PrivateFiles;

/**
 * Reads and writes an identity as PEM (RFC 7468): the private key as PKCS #8 (RFC 5958), then the certificate. Stateless;
 * any thread, any number of processes.
 */
final class IdentityFile {

    /** Ten times the size of an identity; a larger file is something else. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final String KEY_LABEL = "PRIVATE KEY";
    private static final String CERTIFICATE_LABEL = "CERTIFICATE";
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
        if (!isThere(file)) {
            try {
                create(file);
            } catch (IOException unwritable) {
                throw FileProblem.of("create", file, unwritable);
            }
        }
        return parse(file, read(file, warn));
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
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*+)-----END " + label + "-----")
                .matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("no " + label);
        }
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
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
