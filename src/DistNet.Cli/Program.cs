Console.WriteLine("distnet");
