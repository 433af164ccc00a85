import type { AuthUser } from "multi-client-auth/client";

export function Person({ user }: { user: AuthUser }) {
  return (
    <div className="person">
      {user.image && (
        // The browser loads the picture from the provider, not from this server.
        // eslint-disable-next-line @next/next/no-img-element
        <img src={user.image} alt="" width={64} height={64} referrerPolicy="no-referrer" />
      )}
      <div>
        <strong>{user.name ?? "(no name)"}</strong>
        <br />
        <span className="muted">{user.email}</span>
      </div>
    </div>
  );
}
