import { Component, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { injectSession } from 'multi-client-auth/angular';
import { signIn, signOut } from 'multi-client-auth/client';

@Component({
  selector: 'app-root',
  template: `
    @if (session().data; as session) {
      <p>Hello, {{ session.user.name }}</p>
      <button (click)="signOut()">Sign out</button>
    } @else if (session().status === 'unauthenticated') {
      <button (click)="signIn('github')">Sign in with GitHub</button>
    }
  `,
})
class App {
  readonly session = injectSession();
  readonly signIn = signIn;
  readonly signOut = signOut;
}

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
