/**
 * What a phone keeps about other people: who is blocked, who is known by which fingerprint, who is a favorite. In memory on the phone's
 * thread; the files are read and written on threads of their own, through interfaces that the command line implements.
 *
 * <p>Imports {@code call} and {@code event}.
 */
@NullMarked
package voiptui.phone.peers;

import org.jspecify.annotations.NullMarked;
