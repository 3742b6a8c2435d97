package voiptui.tui.phone;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voiptui.event.PhoneEvent.Contact;
import voiptui.tui.widget.TextField;

/**
 * Which contacts are listed, and in what order: favorites first; of both, those who can be called, then those who are
 * busy, then those who are offline, the last seen first. Immutable.
 *
 * @param showsAll whether all who are offline are listed; otherwise the favorites, and as many as make {@value #FEW_ROWS} rows
 * @param filter a part of the names to list, as typed; null: no filter
 */
record PeopleList(boolean showsAll, @Nullable TextField filter) {

    /** With as many rows as this or fewer, nobody is hidden. */
    static final int FEW_ROWS = 8;

    static final PeopleList FIRST = new PeopleList(false, null);

    private static final Comparator<Contact> ORDER = Comparator.comparing(Contact::favorite)
            .reversed()
            .thenComparingInt(PeopleList::rank)
            .thenComparing(Comparator.comparingLong(PeopleList::seenMs).reversed())
            .thenComparing(Contact::name);

    private static int rank(Contact contact) {
        return !contact.online() ? 2 : contact.busy() ? 1 : 0;
    }

    /** Those who are online keep their order of names. */
    private static long seenMs(Contact contact) {
        return contact.online() ? 0 : contact.lastSeenMs();
    }

    /** Returns the contacts to list, in order. */
    List<Contact> rows(List<Contact> contacts) {
        String part = filter == null ? "" : filter.text().toLowerCase(Locale.ROOT);
        List<Contact> rows = contacts.stream()
                .filter(contact -> contact.name().toLowerCase(Locale.ROOT).contains(part))
                .sorted(ORDER)
                .toList();
        if (showsAll || !part.isEmpty()) {
            return rows;
        }
        long always = contacts.stream()
                .filter(contact -> contact.online() || contact.favorite())
                .count();
        return rows.subList(0, (int) Math.min(rows.size(), Math.max(always, FEW_ROWS)));
    }

    /** Returns how many contacts are hidden because they are offline. */
    int hidden(List<Contact> contacts) {
        return filter == null || filter.text().isEmpty()
                ? contacts.size() - rows(contacts).size()
                : 0;
    }

    /** Returns a list that shows all who are offline, or no longer does. */
    PeopleList toggled() {
        return new PeopleList(!showsAll, filter);
    }

    /** Returns a list with another filter; null: none. */
    PeopleList filtering(@Nullable TextField newFilter) {
        return new PeopleList(showsAll, newFilter);
    }
}
