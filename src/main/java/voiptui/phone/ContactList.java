package voiptui.phone;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import voiptui.call.PeerIdentities;
import voiptui.event.PhoneEvent;
import voiptui.protocol.RelayMessage;

/** The names that the relay knows, put together from its messages. Owned by the phone's thread. */
final class ContactList {

    /** The most contacts that are listed; others are ignored. */
    static final int MAX_CONTACTS = 5_000;

    private final PeerIdentities peers;
    private final Predicate<String> favorites;
    private final Map<String, RelayMessage.Contact> contacts = new TreeMap<>();
    /** The parts of a new list; replaces the contacts when complete. */
    private Map<String, RelayMessage.Contact> listing = new TreeMap<>();
    /** Whether the contacts are all that the relay knows at present. */
    private boolean complete;
    /** This phone's own name, which is not listed as a contact. */
    private String ownName = "";

    /** Creates an empty list, which shows who of {@code peers} is verified, and who is a favorite. */
    ContactList(PeerIdentities peers, Predicate<String> favorites) {
        this.peers = peers;
        this.favorites = favorites;
    }

    /** Returns whether there are no contacts. */
    boolean isEmpty() {
        return contacts.isEmpty();
    }

    /** Expects a new list, because the phone has signed in as {@code name}. */
    void restart(String name) {
        ownName = name;
        outdate();
    }

    /** Notes that the list may miss names from now on, because the relay is not connected. */
    void outdate() {
        complete = false;
        listing = new TreeMap<>();
    }

    /** Returns whether the relay knows nobody called {@code name}; false while that is not certain. */
    boolean lacks(String name) {
        return complete && contacts.size() < MAX_CONTACTS && !contacts.containsKey(name);
    }

    /** Returns whether {@code name} is the phone's own. */
    boolean isOwn(String name) {
        return name.equals(ownName);
    }

    /** Adds a part of the new list; returns whether the list is complete and replaces the former one. */
    boolean add(RelayMessage.Contacts part) {
        part.contacts().forEach(contact -> put(listing, contact));
        if (part.more()) {
            return false;
        }
        contacts.clear();
        contacts.putAll(listing);
        complete = true;
        listing = new TreeMap<>();
        return true;
    }

    /** Notes that a contact is new or has changed. */
    void update(RelayMessage.Contact contact) {
        put(contacts, contact);
    }

    private static void put(Map<String, RelayMessage.Contact> list, RelayMessage.Contact contact) {
        if (list.size() < MAX_CONTACTS || list.containsKey(contact.name())) {
            list.put(contact.name(), contact);
        }
    }

    /** Returns the list as it is shown. */
    PhoneEvent.Contacts event() {
        return new PhoneEvent.Contacts(contacts.values().stream()
                .filter(contact -> !contact.name().equals(ownName))
                .map(contact -> new PhoneEvent.Contact(
                        contact.name(),
                        contact.online(),
                        contact.busy(),
                        contact.lastSeenMs(),
                        isVerified(contact.name()),
                        favorites.test(contact.name())))
                .toList());
    }

    private boolean isVerified(String name) {
        PeerIdentities.Known known = peers.find(name);
        return known != null && known.verified();
    }
}
