import GoToolchain
import Reporting
import Text

/// Describes how cores and memory are divided.
enum BudgetDescription {
    static func text(of budget: BuildBudget, on machine: HostMachine) -> String {
        let threads = "\(budget.parallelism.counted("compiler")) at a time"
        return
            "\(machine.cores.counted("core")), \(Quantity.memory(machine.availableMemory)) free: \(budget.lanes.counted("build")) side by side, "
            + "each with \(threads), up to \(Quantity.memory(budget.share)) a process"
    }
}
