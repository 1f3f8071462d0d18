import ELF

extension Rule {
    /// More memory than most machines have.
    static let memoryDemand = Rule(
        RuleDocument(
            identifier: "memory-demand", level: .error,
            summary: "The program asks for more memory than most machines have before it starts",
            rationale:
                "The kernel counts the writable memory of a program while it loads it, and kills the program if the machine"
                + " has less. A damaged size in a program header asks for exabytes.",
            detection:
                "The zeroed (p_memsz beyond p_filesz) and writable bytes of all PT_LOADs are together more than 16 GiB.",
            limits:
                "Memory that the program asks for while it runs, and machines with less than 16 GiB.",
            remedy:
                "Build or download the file again. If the program does have such large variables, allocate them when they"
                + " are needed, or turn the rule off and choose machines that have the memory.",
            reference: "Linux mm/util.c, __vm_enough_memory; vm.overcommit_memory"),
        reads: Headers.self
    ) { headers in
        let demand = headers.memoryDemand
        guard demand > 16 << 30 else { return [] }
        return [
            .init(
                "the program is killed when it is loaded on machines with less memory than \(demand >> 30) GiB",
                evidence: headers.loads.map(\.description).joined(separator: "; "))
        ]
    }
}

extension Headers {
    /// The bytes that the kernel must provide beyond those of the file, and the bytes that the program may change.
    fileprivate var memoryDemand: UInt64 {
        loads.reduce(0) { sum, load in
            let counted =
                load.flags.contains(.writable)
                ? load.memorySize : load.memorySize > load.fileSize ? load.memorySize - load.fileSize : 0
            let (total, overflow) = sum.addingReportingOverflow(counted)
            return overflow ? .max : total
        }
    }
}
