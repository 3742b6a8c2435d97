package voiptui.cli.peers;

import java.io.IOException;
import java.util.Set;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.ConfigFolder;
import voiptui.identity.Favorites;
import voiptui.phone.peers.FavoriteStore;

/**
 * The favorites of a phone at one relay, kept in the user's file.
 *
 * @param file the file
 * @param relay the relay as the user named it
 * @param names the favorites when the phone started
 */
public record FavoritesFile(Favorites file, String relay, Set<String> names) implements FavoriteStore {

    /** Copies the names. */
    public FavoritesFile {
        names = Set.copyOf(names);
    }

    /**
     * Reads the current user's file.
     *
     * @param relay the relay as the user named it
     * @throws CommandFailure if it exists and cannot be read, or the user has no configuration directory
     */
    public static FavoritesFile readOfUser(String relay) throws CommandFailure {
        try {
            Favorites file = ConfigFolder.ofUser().favorites();
            return new FavoritesFile(file, relay, file.names(relay));
        } catch (IOException unreadable) {
            throw CommandFailure.of(ExitCode.FAILED, unreadable);
        }
    }

    @Override
    public void put(String name, boolean favorite) throws IOException {
        file.put(relay, name, favorite);
    }
}
