// The e-CPS API as the app uses it: `/ecps/v1` and the two grants at the token endpoint.

declare namespace Contract {
  type Mode = 'card' | 'contact_details';
  type InactiveReason = 'deleted' | 'forgotten-pin' | 'deactivated' | 'replaced' | 'blocked' | 'expired' | 'delisted' | 'operator';
  type Outcome = 'approved' | 'denied' | 'expired' | 'replaced' | 'cancelled' | 'wrong-number';
  type Action = 'delete' | 'forgotten-pin' | 'renew' | 'lift-freeze';

  interface Pairing {
    access_token: string;
    expires_in: number;
    activation_mode: Mode;
    pairing_code?: string;
    code_expires_in?: number;
    interval?: number;
    masked_phone?: string;
    holder: string;
  }

  interface EnrolmentToken {
    access_token: string;
    expires_in: number;
  }

  interface Inspection {
    mode: Mode;
    holder: string;
    expiresAt: string;
  }

  interface Activation {
    mode: Mode;
    status: 'scanned' | 'confirmed' | 'completed' | 'cancelled';
    codeExpiresAt?: string;
    attemptsLeft?: number;
    codeSendsLeft?: number;
    resendAt?: string;
    maskedPhone?: string;
    holder: string;
    expiresAt: string;
    pinLength: number;
    replaces?: string;
  }

  interface SentCode {
    maskedPhone: string;
    codeExpiresAt: string;
    resendAt: string;
    sendsLeft: number;
  }

  interface CreationCeremony {
    ceremony: string;
    publicKey: PublicKeyCredentialCreationOptionsJSON;
  }

  interface RequestCeremony {
    ceremony: string;
    publicKey: PublicKeyCredentialRequestOptionsJSON;
  }

  interface Enrolment {
    ceremony: string;
    credential: unknown;
    pin: string;
    deviceName: string;
    operatingSystem?: string;
    appVersion?: string;
    conditionsVersion: string;
  }

  interface DeviceToken {
    deviceToken: string;
    deviceTokenExpiresAt: string;
  }

  interface Enrolled extends DeviceToken {
    eCps: ECps;
  }

  interface ECps {
    id: string;
    state: 'active';
    holder: string;
    nationalId: string;
    profession?: string;
    activatedAt: string;
    expiresAt: string;
    renewable: boolean;
    mode: Mode;
    deviceName: string;
    pinLength: number;
    attemptsLeft: number;
    push: boolean;
    frozenUntil?: string;
  }

  interface Inactive {
    state: 'inactive';
    reason: InactiveReason;
    since?: string;
  }

  interface ApprovalRequest {
    id: string;
    application: string;
    browser: string;
    place: string;
    startedAt: string;
    expiresAt: string;
    knownBrowser: boolean;
  }

  interface Approved {
    outcome: 'approved';
    returnUri?: string;
  }

  interface HistoryEntry {
    at: string;
    event: string;
    sentence: string;
    application?: string;
    place?: string;
    browser?: string;
  }
}
