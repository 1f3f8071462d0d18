import ELF
import GoBinary

/// What the first instruction needs: an executable page that holds it.
extension Headers {
    /// The faults of `e_entry`, as far as headers show them.
    func entryFaults(_ tables: [DynamicTable]) -> [Rule.Observation] {
        // A shared library has no entry point, and another rule reports it.
        if header.type == .dynamic && header.entry == 0 && !tables.contains(where: \.isPositionIndependentExecutable) {
            return []
        }
        let evidence = "e_entry is \(header.entry.hex)"
        guard isEntryMapped || isEntryDescriptor else {
            return [
                .init("the entry point is in no executable segment: the first instruction fails", evidence: evidence)
            ]
        }
        let alignment = header.instructionAlignment
        guard isEntryDescriptor || header.entry % alignment == 0 || isThumb else {
            return [
                .init(
                    "no instruction begins at the entry point: it is not a multiple of \(alignment)", evidence: evidence
                )
            ]
        }
        return []
    }

    private var isEntryMapped: Bool {
        loads.contains {
            $0.flags.contains(.executable) && $0.fileBackedAddresses?.contains(header.entry) == true
        }
    }

    /// ELFv1 of big-endian ppc64 enters through a descriptor, which lies in data.
    private var isEntryDescriptor: Bool {
        header.machine == .ppc64 && header.flags & 3 < 2
            && loads.contains { $0.fileBackedAddresses?.contains(header.entry) == true }
    }

    /// An odd address: Thumb code on arm, a compressed instruction set on MIPS.
    private var isThumb: Bool { [.arm, .mips].contains(header.machine) && header.entry % 2 == 1 }
}

extension ELFHeader {
    /// What the address of an instruction is a multiple of: arm refuses another entry point (`elf_check_arch`), and the
    /// processors of the other machines fault.
    fileprivate var instructionAlignment: UInt64 {
        switch machine {
        case .i386, .x86_64: 1
        case .riscv, .s390: 2
        default: 4
        }
    }
}
