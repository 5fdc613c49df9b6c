using System.CommandLine;

namespace DistNet.Cli;

/// <summary><c>distnet doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Build(CommandHost host)
    {
        var format = CommonOptions.Format("text", "json");
        var command = new Verb(
            "doctor",
            "What this machine and this build of the program can do.",
            """
            Machines whose arithmetic has the same hash train to the same bits, and may be nodes of one cluster. Needs nothing and changes nothing.

            Examples:
              distnet doctor
              distnet doctor --format json
            """) { format };
        command.SetAction(parsed =>
        {
            var diagnosis = Diagnosis.OfThis(host);
            if (parsed.GetValue(format) == "json")
            {
                host.Out.WriteLine(diagnosis.ToJson());
            }
            else
            {
                diagnosis.Write(host.Out);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
