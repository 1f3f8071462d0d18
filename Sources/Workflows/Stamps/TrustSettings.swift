public import Attestation
public import Verification

/// Whose stamps count, and for how long.
public struct TrustSettings: Sendable {
    /// The public keys whose stamps count.
    public var keys: [VerificationKey]
    /// Whether unsigned stamps count. They show accidents, but not forgery.
    public var allowsUnsigned: Bool
    /// How old a verification may be, in seconds; nil for any age.
    public var maximumAge: Int?
    /// Whether a file may have another name than its stamp says. Reports repeat it.
    public var allowsRenamed = false
    /// How much must have been proved by starting a program or an image; nil if nothing must.
    public var requiredProof: ProofLevel?

    /// Makes settings.
    public init(keys: [VerificationKey] = [], allowsUnsigned: Bool = false, maximumAge: Int? = nil) {
        self.keys = keys
        self.allowsUnsigned = allowsUnsigned
        self.maximumAge = maximumAge
    }

    /// The gate for a policy, at the context's time.
    func gate(_ policy: Policy, in context: Context) -> Gate {
        Gate(
            trust: keys, allowsUnsigned: allowsUnsigned, policy: policy, now: context.now(), maximumAge: maximumAge,
            allowsRenamed: allowsRenamed, requiredProof: requiredProof, folder: context.folder)
    }
}
