// Browser APIs that TypeScript's library does not describe.

interface DetectedBarcode {
  rawValue: string;
}

declare class BarcodeDetector {
  constructor(options?: { formats: string[] });
  static getSupportedFormats(): Promise<string[]>;
  detect(image: ImageBitmapSource): Promise<DetectedBarcode[]>;
}

interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
}

interface WindowEventMap {
  beforeinstallprompt: BeforeInstallPromptEvent;
}

/** The Navigation API, where the browser has it. */
declare const navigation: { readonly canGoBack: boolean };

interface Navigator {
  readonly userAgentData?: { readonly platform: string; getHighEntropyValues(hints: string[]): Promise<{ model?: string; platform?: string; platformVersion?: string }> };
  readonly standalone?: boolean;
}
